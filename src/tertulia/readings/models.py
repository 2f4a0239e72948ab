"""What the readers have made of the ledger, the readings, and what people contest of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Window(models.TextChoices):
    """What a reading looks back on. The engine knows the same three."""

    TWELVE_WEEKS = "12w", _("the last 12 weeks")
    YEAR = "1y", _("the last year")
    ALL = "all", _("its whole life")


class SpaceTouch(models.Model):
    """The last act that touches a space, as the reader `touches` folds it: one part of the key of its readings."""

    # Without a constraint: acts outlive their space.
    space = models.OneToOneField("spaces.Space", models.DO_NOTHING, related_name="+", db_constraint=False)
    last_act = models.BigIntegerField()
    # When that act was appended: a space that nobody touches is not read anew every day for ever.
    touched_at = models.DateTimeField()
    contributions = models.PositiveIntegerField(default=0)
    # Of these, what was written here and not brought by an import.
    own_contributions = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"space {self.space_id}: act {self.last_act}"

    @property
    def holds_only_a_history(self) -> bool:
        """Everything said here came with an import. The first word written here makes it a living space."""
        return self.contributions > 0 and not self.own_contributions

    @property
    def holds_mostly_a_history(self) -> bool:
        return self.contributions > 2 * self.own_contributions


class SpaceReading(models.Model):
    """A reading as the worker computed it. Its key says when another one is due; nothing invalidates it."""

    space_id = models.BigIntegerField()
    window = models.CharField(max_length=3, choices=Window)
    last_act = models.BigIntegerField()
    # The day, in UTC, at whose end the window ends.
    on = models.DateField()
    params_version = models.CharField(max_length=20)
    payload = models.JSONField()
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space_id", "window", "last_act", "on", "params_version"],
                name="a_reading_has_its_key_once",
            ),
            models.CheckConstraint(
                condition=Q(window__in=["12w", "1y", "all"]), name="a_reading_has_a_window"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["space_id", "window", "-computed_at"], name="readings_newest_first"),
        ]

    def __str__(self) -> str:
        return f"space {self.space_id}, {self.window}, {self.on}"


class WordWeights(models.Model):
    """How often each word was said in a space when its words were last counted: what the text stage weighs them by.

    Words are kept as numbers that nobody can read back, because the table outlives whoever said them."""

    space_id = models.BigIntegerField(unique=True)
    # The `text_version` of every measure that was made with it.
    version = models.PositiveIntegerField()
    contributions = models.PositiveIntegerField()
    words = models.BinaryField()

    def __str__(self) -> str:
        return f"words of space {self.space_id}, version {self.version}"


class Wanted(models.Model):
    """A reading that waits in the queue, so that it is not put there twice."""

    space_id = models.BigIntegerField()
    window = models.CharField(max_length=3, choices=Window)
    since_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space_id", "window"], name="a_reading_waits_once"),
            models.CheckConstraint(
                condition=Q(window__in=["12w", "1y", "all"]), name="a_wanted_reading_has_a_window"
            ),
        ]

    def __str__(self) -> str:
        return f"space {self.space_id}, {self.window}"


class Contest(models.Model):
    """One of the two people of an act says that it is not what happened; the other agrees or differs."""

    class Answer(models.TextChoices):
        NONE = "", _("not answered yet")
        AGREES = "agrees", _("the other agrees")
        DIFFERS = "differs", _("the other sees it differently")
        # Set when the act is contested anew; until then the days say so.
        LAPSED = "lapsed", _("nobody answered in time")

    # The act that is contested, and the act that contests it. Numbers, as the ledger has no foreign keys.
    act = models.BigIntegerField()
    own_act = models.BigIntegerField()
    space_id = models.BigIntegerField()
    thread = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE, blank=True)
    # Who is asked: the other one of the act's two people. Null where the act is directed at nobody who is here.
    answer_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answer_sentence = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act"], condition=Q(answer=""), name="an_act_has_one_open_contest"
            ),
            models.CheckConstraint(condition=~Q(sentence=""), name="a_contest_says_what_happened"),
            models.CheckConstraint(
                condition=Q(answer__in=["", "agrees", "differs", "lapsed"]),
                name="the_answer_to_a_contest_is_known",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="a_contest_is_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True) | ~Q(answer_by=F("by")),
                name="nobody_answers_their_own_contest",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["space_id", "act"], name="contests_of_a_space"),
            models.Index(fields=["answer_by"], name="contests_that_wait", condition=Q(answer="")),
        ]

    def __str__(self) -> str:
        return self.sentence
