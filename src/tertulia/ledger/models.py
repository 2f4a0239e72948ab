"""The acts, their topics, what is derived from them, and how far each reader has come.

No foreign keys: an act outlives the content, the space and the person it speaks of.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tertulia.engine.acts import BASES, MOVES, VERBS

SCHEMA = 1
# What the other says of a contested act. Only the ledger knows these two; the engine sees `contested` instead.
AGREES, DIFFERS = "agrees", "differs"
AUDIENCES = ("me", "person", "circle", "space", "everyone")

IS_ANSWER_TO_CONTEST = Q(verb="contest_answered")
IS_ABOUT_AN_IMPORT = Q(verb__in=["import_closed", "import_undone"])
CORRECTS_AN_ACT = Q(verb__in=["withdrew", "contested", "contest_answered"])


class Act(models.Model):
    """One line of the ledger. Rows are appended and never changed: triggers refuse anything else."""

    act = models.BigAutoField(primary_key=True)
    schema = models.SmallIntegerField(default=SCHEMA)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    person = models.CharField(max_length=32, null=True)
    verb = models.CharField(max_length=24)
    move = models.CharField(max_length=16, null=True)
    space = models.BigIntegerField(null=True)
    thread = models.BigIntegerField(null=True)
    parent = models.BigIntegerField(null=True)
    ref = models.BigIntegerField(null=True)
    audience = models.CharField(max_length=8)
    audience_id = models.CharField(max_length=32, null=True)
    words = models.IntegerField(default=0)
    basis = models.CharField(max_length=16)
    confidence = models.FloatField(default=1.0)
    # "import" is the column's name in HOUSE.md and a reserved word of Python.
    import_id = models.BigIntegerField(null=True, db_column="import")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # The frame reads one space in order, and a reading's key is the last act of its space.
            models.Index(fields=["space", "act"], name="ledger_act_of_space"),
            # A reader folds an import when it is closed, and undoing lists it. Most acts have no import,
            # so the index stays out of the way of a reply.
            models.Index(
                fields=["import_id"], name="ledger_act_of_import", condition=Q(import_id__isnull=False)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="ledger_act_schema_and_verb", condition=Q(schema=SCHEMA, verb__in=sorted(VERBS))
            ),
            models.CheckConstraint(
                name="ledger_act_move",
                condition=(
                    (IS_ANSWER_TO_CONTEST & Q(move__isnull=False) & Q(move__in=[AGREES, DIFFERS]))
                    | (~IS_ANSWER_TO_CONTEST & (Q(move__isnull=True) | Q(move__in=sorted(MOVES))))
                ),
            ),
            models.CheckConstraint(name="ledger_act_basis", condition=Q(basis__in=sorted(BASES))),
            models.CheckConstraint(name="ledger_act_audience", condition=Q(audience__in=sorted(AUDIENCES))),
            models.CheckConstraint(
                name="ledger_act_confidence", condition=Q(confidence__gte=0.0, confidence__lte=1.0)
            ),
            models.CheckConstraint(name="ledger_act_words", condition=Q(words__gte=0)),
            # Without these a frame would pass over the act in silence.
            models.CheckConstraint(
                name="ledger_act_import_and_space",
                condition=~IS_ABOUT_AN_IMPORT | Q(import_id__isnull=False, space__isnull=False),
            ),
            models.CheckConstraint(
                name="ledger_act_corrects", condition=~CORRECTS_AN_ACT | Q(ref__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"act {self.act}: {self.verb}"


class ActTopic(models.Model):
    """A topic of an act; append-only as the act is."""

    pk = models.CompositePrimaryKey("act", "topic")
    act = models.BigIntegerField()
    topic = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"act {self.act}: {self.topic}"


class Measure(models.Model):
    """What the text stage found for an act. Derived: it may be written anew at any time."""

    act = models.BigIntegerField(primary_key=True)
    text_version = models.IntegerField()
    # A missing value is null and never 0.
    uptake = models.FloatField(null=True)
    rk_t = models.FloatField(null=True)
    rk_o = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"measure of act {self.act}"


class Cursor(models.Model):
    """How far a reader has come: everything up to and with `act` is folded."""

    reader = models.CharField(max_length=64, primary_key=True)
    act = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reader} at act {self.act}"
