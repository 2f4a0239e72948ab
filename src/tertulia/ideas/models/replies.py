from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reply(models.Model):
    """What somebody said to an idea (a reply) or to a reply (an answer), with the opening it began from, if any."""

    class Starter(models.TextChoices):
        NONE = "", _("no starter")
        QUESTION = "question", _("I'd like to understand…")
        CHALLENGE = "challenge", _("This might not hold when…")
        BUILD_ON = "build_on", _("Building on this…")
        EXPERIENCE = "experience", _("In my experience…")
        SYNTHESIS = "synthesis", _("Bringing these together…")
        SAY_BACK = "say_back", _("So you are saying…")
        CHANGED = "changed", _("I've changed it…")
        TRY = "try", _("I'll try it…")
        KEEP = "keep", _("I'm keeping it, because…")
        DONT_KNOW = "dont_know", _("I don't know…")
        WAS_WRONG = "was_wrong", _("I was wrong…")
        NOT_QUITE = "not_quite", _("Not quite…")
        TRIED = "tried", _("I tried it…")
        DECIDED = "decided", _("I have decided…")

    class Heard(models.TextChoices):
        NONE = "", _("nobody was asked")
        WAITING = "waiting", _("not yet confirmed")
        YES = "yes", _("yes, that's it")
        NOT_QUITE = "not_quite", _("not quite")

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="replies")
    parent = models.ForeignKey("self", models.PROTECT, related_name="answers", null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="replies", null=True)
    # Whom it is directed at: the author of what it answers, if that is another person.
    addressee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    starter = models.CharField(max_length=12, choices=Starter, default=Starter.NONE, blank=True)
    # True where a history was read and its kind guessed: never shown as what the person declared.
    starter_inferred = models.BooleanField(default=False)
    # Does it want an answer: a question or a doubt. Computed when written.
    asks = models.BooleanField(default=False)
    text = models.TextField()
    html = models.TextField()
    # Position in the idea's thread: depth-first order is the order of `path`; beyond the third indent it is flat.
    number = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)
    # Only on answers that say back: has the person answered confirmed it?
    heard = models.CharField(max_length=10, choices=Heard, default=Heard.NONE, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    # A history may say that the author of the idea accepted it. People here say more than that. The import that said
    # so may be a later one than brought the reply.
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_import_id = models.BigIntegerField(null=True, blank=True)
    # When the person it is directed at answered, or said "not now" (a free answer, seen by nobody else).
    answered_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    # Taken back by its writer. A line stays in its place where others answered.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    act = models.BigIntegerField(null=True)
    # What it said besides its words, where no outcome holds that act: taking the reply back takes it back too.
    also_act = models.BigIntegerField(null=True, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    source_url = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    staged = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "number"], name="a_reply_has_its_number_in_the_thread"),
            models.CheckConstraint(condition=Q(depth__lte=3), name="threads_indent_three_times"),
            models.CheckConstraint(
                condition=Q(
                    starter__in=[
                        "",
                        "question",
                        "challenge",
                        "build_on",
                        "experience",
                        "synthesis",
                        "say_back",
                        "changed",
                        "try",
                        "keep",
                        "dont_know",
                        "was_wrong",
                        "not_quite",
                        "tried",
                        "decided",
                    ]
                ),
                name="a_starter_is_known",
            ),
            models.CheckConstraint(
                condition=Q(heard__in=["", "waiting", "yes", "not_quite"]), name="heard_is_known"
            ),
            models.CheckConstraint(
                condition=Q(heard="") | Q(starter="say_back"), name="only_a_say_back_is_heard"
            ),
            models.CheckConstraint(
                condition=Q(addressee__isnull=True) | ~Q(addressee=models.F("author")),
                name="nobody_is_directed_at_oneself",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["idea", "path"], name="replies_in_order"),
            models.Index(fields=["act"], name="replies_by_act"),
            models.Index(
                fields=["import_id"], name="replies_of_an_import", condition=Q(import_id__isnull=False)
            ),
            # What waits for a person is asked on every signed-in page.
            models.Index(
                fields=["addressee"],
                name="replies_that_wait",
                condition=Q(answered_at__isnull=True, set_aside_at__isnull=True, withdrawn_at__isnull=True)
                & Q(import_id__isnull=True)
                & (Q(asks=True) | Q(heard="waiting")),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
