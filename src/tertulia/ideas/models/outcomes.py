from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Outcome(models.Model):
    """What came of a reply: one row for each reply that it names."""

    class Kind(models.TextChoices):
        REVISED = "revised", _("the idea changed")
        DECIDED = "decided", _("it was decided")
        PROMISED = "promised", _("somebody will try it")
        TRIED = "tried", _("somebody tried it")
        DECLINED = "declined", _("the author keeps it, with a reason")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The reply it names; null when it names the idea itself (somebody tried what it says).
    names = models.ForeignKey("ideas.Reply", models.PROTECT, related_name="outcomes", null=True, blank=True)
    # Where it was said, and the version that it made.
    words = models.ForeignKey("ideas.Reply", models.PROTECT, related_name="+", null=True, blank=True)
    version = models.ForeignKey(
        "ideas.Version", models.CASCADE, related_name="outcomes", null=True, blank=True
    )
    created_at = models.DateTimeField(default=timezone.now)
    act = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["revised", "decided", "promised", "tried", "declined"]),
                name="an_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind="revised") | Q(version__isnull=False), name="a_revision_has_its_version"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["idea", "created_at"], name="outcomes_of_an_idea")]

    def __str__(self) -> str:
        return f"{self.kind} {self.idea_id}"


class Credit(models.Model):
    """One sentence on what a reply changed. Not to oneself; once a reply and version."""

    version = models.ForeignKey("ideas.Version", models.CASCADE, related_name="credits")
    reply = models.ForeignKey("ideas.Reply", models.PROTECT, related_name="credits")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credits")
    sentence = models.CharField(max_length=500)
    # False: "a reader", unlinked, because the credited person prefers it.
    named = models.BooleanField(default=True)
    # Did the author get them right? Confirmed or corrected by the credited person; "" while they have said nothing.
    heard = models.CharField(max_length=10, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    act = models.BigIntegerField()
    # "What moved for you?": the credited person's own sentence.
    moved = models.CharField(max_length=500, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_act = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "reply"], name="a_reply_is_credited_once_a_version"),
            models.CheckConstraint(condition=~Q(by=F("to")), name="nobody_credits_oneself"),
            models.CheckConstraint(condition=~Q(sentence=""), name="a_credit_says_what_changed"),
            models.CheckConstraint(
                condition=Q(heard__in=["", "yes", "not_quite"]), name="a_credit_is_heard_or_not"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to", "-created_at"], name="credits_that_wait", condition=Q(heard="")),
        ]

    def __str__(self) -> str:
        return self.sentence
