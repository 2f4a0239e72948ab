from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)

    def __str__(self) -> str:
        return self.name


class Idea(models.Model):
    class Ask(models.TextChoices):
        DOUBTS = "doubts", _("doubts")
        EXPERIENCE = "experience", _("experience")
        HELP = "help", _("help")
        HALF_BAKED = "half_baked", _("half-baked, nothing asked yet")

    class Audience(models.TextChoices):
        ME = "me", _("only me")
        SPACE = "space", _("the people in this space")
        EVERYONE = "everyone", _("everyone")

    space = models.ForeignKey("spaces.Space", models.PROTECT, related_name="ideas")
    # Null where a history came without its author, or where a program wrote it: programs are not people.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ideas", null=True)
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=80)
    text = models.TextField()
    ask = models.CharField(max_length=12, choices=Ask, default=Ask.HALF_BAKED)
    question = models.CharField(max_length=500, blank=True)
    # An announcement that asks for nothing and is kept out of readings.
    is_notice = models.BooleanField(default=False)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.SPACE)
    topics = models.ManyToManyField(Topic, related_name="ideas", blank=True)
    first_title = models.CharField(max_length=200, blank=True)
    # The number of the version that stands, and of every contribution so far: both only grow.
    version = models.PositiveIntegerField(default=1)
    contributions = models.PositiveIntegerField(default=0)
    replies_shown = models.PositiveIntegerField(default=0)
    # Grows with every change that its page shows: the key of the cached thread and of the ETag.
    touched = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    talked_at = models.DateTimeField(default=timezone.now)
    # When somebody other than the author first replied.
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    act = models.BigIntegerField(null=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    source_url = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    # Staged rows of an import are in no list, page, count or search until the import is closed.
    staged = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="an_idea_has_a_title"),
            models.CheckConstraint(
                condition=Q(audience__in=["me", "space", "everyone"]), name="an_idea_has_an_audience"
            ),
            models.CheckConstraint(
                condition=Q(ask__in=["doubts", "experience", "help", "half_baked"]),
                name="an_idea_asks_or_is_half_baked",
            ),
            models.CheckConstraint(
                condition=Q(is_notice=False) | Q(ask="half_baked", question=""),
                name="a_notice_asks_for_nothing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["space", "-talked_at", "-id"], name="ideas_of_a_space"),
            models.Index(fields=["author", "-created_at"], name="ideas_of_a_person"),
            models.Index(
                fields=["import_id"], name="ideas_of_an_import", condition=Q(import_id__isnull=False)
            ),
            models.Index(
                fields=["-created_at"], name="ideas_unanswered", condition=Q(answered_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """What an idea, or an imported reply, said at one time, and how that differs from the time before."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="versions")
    # Set where a history brings the revisions of a reply; people here edit ideas only.
    reply = models.ForeignKey("ideas.Reply", models.CASCADE, related_name="versions", null=True, blank=True)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    html = models.TextField()
    # [{"clean", "marked", "difference", "changed", "credits": [id, …]}, …], one for each block of the text:
    # computed once, when the version is written.
    passages = models.JSONField(default=list)
    # The one sentence that says why, when no reply is credited.
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(default=timezone.now)
    act = models.BigIntegerField(null=True)
    import_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "number"], condition=Q(reply__isnull=True), name="an_idea_has_a_version_once"
            ),
            models.UniqueConstraint(
                fields=["reply", "number"],
                condition=Q(reply__isnull=False),
                name="a_reply_has_a_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.idea_id}"


class Link(models.Model):
    """One idea points to another, as a history recorded it."""

    class Kind(models.TextChoices):
        RELATED = "related", _("related")
        DUPLICATE = "duplicate", _("says the same")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="links")
    to = models.ForeignKey(Idea, models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=Kind)
    created_at = models.DateTimeField(default=timezone.now)
    import_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "to", "kind"], name="a_link_stands_once"),
            models.CheckConstraint(condition=~Q(idea=models.F("to")), name="an_idea_does_not_link_to_itself"),
            models.CheckConstraint(condition=Q(kind__in=["related", "duplicate"]), name="a_link_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} to {self.to_id}"


class Searchable(models.Model):
    """The folded words of an idea or a reply. The search index hangs on this table by triggers (search.py)."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    reply = models.OneToOneField("ideas.Reply", models.CASCADE, related_name="+", null=True)
    title = models.TextField(blank=True)
    words = models.TextField()

    class Meta:
        db_table = "ideas_searchable"
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(reply__isnull=True), name="an_idea_is_searchable_once"
            ),
        ]

    def __str__(self) -> str:
        return f"words of {self.idea_id}/{self.reply_id}"
