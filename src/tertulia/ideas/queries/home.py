"""What is on a person's table: nothing here is shown to anybody else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from tertulia.ideas.models import Credit, Idea, Outcome, Reply, Version
from tertulia.ideas.policies import CREDIT_WAITS, GONE_QUIET
from tertulia.ideas.queries.ideas import ideas_visible_to
from tertulia.spaces.queries import memberships_of

if TYPE_CHECKING:
    from tertulia.people.models import Person


def _asked(person: Person) -> QuerySet[Reply]:
    return Reply.objects.filter(
        Q(asks=True) | Q(heard=Reply.Heard.WAITING),
        addressee=person,
        answered_at=None,
        set_aside_at=None,
        withdrawn_at=None,
        import_id=None,
        staged=False,
    )


def _still_here(since: datetime) -> Q:
    """Of a reply: its author has written something, anywhere that others could read it, after this moment."""
    replied = Reply.objects.filter(author=OuterRef("author"), created_at__gt=since, withdrawn_at=None)
    wrote = Idea.objects.filter(author=OuterRef("author"), created_at__gt=since, withdrawn_at=None)
    return Q(Exists(replied)) | Q(Exists(wrote.exclude(audience=Idea.Audience.ME)))


def _waiting(person: Person, quiet_since: datetime) -> QuerySet[Reply]:
    """Without the questions of people who have gone quiet. To confirm is one click, and stays."""
    return _asked(person).filter(_is_waiting(quiet_since))


def _is_waiting(quiet_since: datetime) -> Q:
    return Q(heard=Reply.Heard.WAITING) | _still_here(quiet_since)


def _credits_since(person: Person, since: datetime) -> QuerySet[Credit]:
    return Credit.objects.filter(to=person, heard="", named=True, created_at__gte=since)


def asked_replies(person: Person) -> QuerySet[Reply]:
    """What others asked or said back to this person, whether or not they have gone quiet since."""
    return _in_full(_asked(person), person)


def waiting_replies(person: Person, now: datetime | None = None) -> QuerySet[Reply]:
    """What others who are here asked or said back to this person, the newest first."""
    return _in_full(_waiting(person, (now or timezone.now()) - GONE_QUIET), person)


def quiet_replies(person: Person, now: datetime | None = None) -> QuerySet[Reply]:
    """What people asked this person who have gone quiet since, the newest first."""
    quiet = ~_is_waiting((now or timezone.now()) - GONE_QUIET)
    return _in_full(_asked(person).filter(quiet), person)


def _in_full(replies: QuerySet[Reply], person: Person) -> QuerySet[Reply]:
    return (
        replies.filter(idea__in=ideas_visible_to(person))
        .select_related("idea", "idea__space", "author", "parent")
        .order_by("-created_at", "-pk")
    )


def waiting_credits(person: Person, now: datetime | None = None) -> QuerySet[Credit]:
    """Changes that name this person's replies, and on which they have said nothing yet."""
    return (
        _credits_since(person, (now or timezone.now()) - CREDIT_WAITS)
        .filter(version__idea__in=ideas_visible_to(person))
        .select_related("version", "version__idea", "reply", "by")
        .order_by("created_at", "pk")
    )


def waiting_keys(person: Person, credits_since: datetime, quiet_since: datetime) -> QuerySet[Any, Any]:
    """The key of all that asks something of a person, and 1 if it waits, 0 if whoever asked has gone quiet."""
    visible = ideas_visible_to(person).values("pk")
    here = Case(When(_is_waiting(quiet_since), then=Value(1)), default=Value(0))
    replies = _asked(person).filter(idea__in=visible).annotate(counts=here).order_by()
    credits = _credits_since(person, credits_since).filter(version__idea__in=visible)
    credits = credits.annotate(counts=Value(1)).order_by()
    return replies.values_list("pk", "counts").union(credits.values_list("pk", "counts"), all=True)


def nobody_has_answered(person: Person | None) -> QuerySet[Idea]:
    """Asks of people who are here that nobody has answered, the newest first."""
    return (
        ideas_visible_to(person)
        .filter(answered_at=None, is_notice=False, import_id=None, withdrawn_at=None)
        .exclude(audience=Idea.Audience.ME)
        .exclude(ask=Idea.Ask.HALF_BAKED)
        .select_related("author", "space")
        .order_by("-created_at", "-pk")
    )


def for_someone_like(person: Person) -> QuerySet[Idea]:
    """Other people's unanswered asks: first in the person's own spaces, then in places where they have not written."""
    mine = memberships_of(person).filter(space=OuterRef("space"))
    return (
        nobody_has_answered(person)
        .exclude(author=person)
        .annotate(in_my_space=Exists(mine))
        .order_by("-in_my_space", "created_at", "pk")
    )


def changed_for(person: Person, since: datetime) -> QuerySet[Version]:
    """New versions of ideas in which this person took part or whose space they are in, not their own."""
    said = Reply.objects.filter(author=person, withdrawn_at=None).values("idea")
    near = Q(idea__in=said) | Q(idea__space__in=memberships_of(person).values("space"))
    return (
        Version.objects.filter(near, created_at__gte=since, number__gt=1, reply=None, import_id=None)
        .filter(idea__in=ideas_visible_to(person), number=F("idea__version"))
        .exclude(by=person)
        .select_related("idea", "idea__space", "by")
        .order_by("-created_at", "-pk")
    )


def heard_for(person: Person, since: datetime) -> QuerySet[Reply]:
    """What this person said back, and the person answered has said *yes, that's it* to: the newest first."""
    return (
        Reply.objects.filter(author=person, heard=Reply.Heard.YES, heard_at__gte=since, withdrawn_at=None)
        .filter(idea__in=ideas_visible_to(person))
        .select_related("idea", "addressee")
        .order_by("-heard_at", "-pk")
    )


def said_to(person: Person, since: datetime) -> QuerySet[Reply]:
    """What others wrote to this person that asks nothing, and what they decided because of their replies, the newest
    first. A change says itself whom it credits."""
    to_me = Reply.objects.filter(
        addressee=person, asks=False, heard=Reply.Heard.NONE, answered_at=None, set_aside_at=None
    )
    decided = Outcome.objects.filter(
        kind=Outcome.Kind.DECIDED, names__author=person, names__withdrawn_at=None, created_at__gte=since
    )
    # Each is found by its own index; asked as one or the other, every reply of the site was looked at.
    mine = to_me.filter(created_at__gte=since).values_list("pk").union(decided.values_list("words"))
    said = Reply.objects.filter(
        pk__in=mine,
        created_at__gte=since,
        withdrawn_at=None,
        import_id=None,
        staged=False,
    )
    return _in_full(said.exclude(starter=Reply.Starter.CHANGED), person).defer("idea__text", "text")


def worth_picking_up(person: Person) -> QuerySet[Idea]:
    """Questions of an imported history that nobody answered: their authors are not here, the living may answer."""
    return (
        ideas_visible_to(person)
        .filter(import_id__isnull=False, answered_at=None, is_notice=False)
        .select_related("author", "space")
        .order_by("-created_at", "-pk")
    )
