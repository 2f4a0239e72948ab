"""Histories that were brought in: the import, its staged rows, and where each source id went."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    class State(models.TextChoices):
        STAGING = "staging", _("being read")
        WRITING = "writing", _("being written, hidden from everybody")
        CLOSED = "closed", _("here")
        UNDONE = "undone", _("taken back")
        FAILED = "failed", _("nothing was taken")

    format = models.CharField(max_length=40)
    # The name of the file or folder, as people know it; never its place on a machine.
    source = models.CharField(max_length=200)
    space = models.ForeignKey("spaces.Space", models.SET_NULL, related_name="+", null=True, blank=True)
    # True when the import began the space, so that undoing it may end the space too.
    made_space = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.STAGING)
    report = models.JSONField(default=dict)
    started_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["staging", "writing", "closed", "undone", "failed"]),
                name="the_state_of_an_import_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.source}"


class Staged(models.Model):
    """One item of the stream, parsed and not yet written. Gone when its import is closed or fails."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="staged")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    source_id = models.CharField(max_length=120)
    payload = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "position"], name="a_staged_item_has_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"


class SourceId(models.Model):
    """What a thing of the file became here. Bringing the same file again finds it and brings nothing twice."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="source_ids")
    space_id = models.BigIntegerField()
    format = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    source_id = models.CharField(max_length=120)
    # The row that it became (a person, idea, reply or version), and its act if it has one.
    row = models.BigIntegerField(null=True)
    act = models.BigIntegerField(null=True)
    content_hash = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space_id", "format", "kind", "source_id"], name="a_source_id_is_brought_once_a_space"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["of"], name="source_ids_of_an_import")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"
