from django.conf import settings
from django.db import models
from django.utils import timezone


class Draft(models.Model):
    """Words not yet sent, kept for their writer alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    # What is being written: "idea:SPACE", "reply:IDEA:PARENT", "revise:IDEA", "tried:IDEA", "decided:IDEA".
    place = models.CharField(max_length=80)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="one_draft_a_place"),
        ]

    def __str__(self) -> str:
        return self.place
