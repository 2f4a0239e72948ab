from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from tertulia.ideas.models import Credit, Idea, Reply, Version

# More are counted, and not listed.
MOST_LINES = 50


# As many rows are named in one query: SQLite takes 32,766 values at once, or as many as it was built for.
_PART = 500


def in_parts(rows: Iterable[int]) -> Iterator[list[int]]:
    """The numbers of rows, however many, as many at a time as one query may name."""
    left = sorted(rows)
    yield from (left[start : start + _PART] for start in range(0, len(left), _PART))


@dataclass(frozen=True)
class MadeHere:
    """What people here have added to an imported history since it came."""

    replies: int
    heard: int
    credits: int
    # Each of them as a line: who, and under which idea.
    lines: tuple[tuple[str, str], ...] = ()


def replies_under(import_id: int) -> list[int]:
    """The replies that an import added to ideas of an earlier one, and all that was answered to them."""
    added = Reply.objects.filter(import_id=import_id).exclude(idea__import_id=import_id)
    level = set(added.values_list("pk", flat=True))
    found: set[int] = set()
    while level:
        found |= level
        answers = [
            Reply.objects.filter(parent__in=some).values_list("pk", flat=True) for some in in_parts(level)
        ]
        level = {pk for some in answers for pk in some} - found
    return sorted(found)


def hold_brought(import_id: int) -> None:
    """Nobody replies under these ideas until this transaction ends, nor under earlier ones that it added to: their
    counters are set anew, and a number is given once."""
    added = [kind.objects.filter(import_id=import_id).values("idea") for kind in (Reply, Version)]
    accepted = Reply.objects.filter(accepted_import_id=import_id).values("idea")
    held = Q(import_id=import_id) | Q(pk__in=added[0]) | Q(pk__in=added[1]) | Q(pk__in=accepted)
    list(Idea.objects.filter(held).order_by("pk").select_for_update().values_list("pk"))


def made_here_on(import_id: int) -> MadeHere:
    ideas = Idea.objects.filter(import_id=import_id)
    here = Reply.objects.filter(import_id=None).select_related("author", "idea").defer("text", "html")
    under = [*here.filter(idea__in=ideas)]
    for some in in_parts(replies_under(import_id)):
        under += here.filter(pk__in=some)
    said = sorted((reply for reply in under if reply.withdrawn_at is None), key=lambda reply: reply.pk)
    credits = (
        Credit.objects.filter(version__idea__in=ideas).select_related("by", "version__idea").order_by("pk")
    )
    return MadeHere(
        replies=len(said),
        heard=sum(reply.heard not in ("", "waiting") for reply in under),
        credits=credits.count(),
        lines=(
            *((one.author.name if one.author else "", one.idea.title) for one in said[:MOST_LINES]),
            *((one.by.name, one.version.idea.title) for one in credits[:MOST_LINES]),
        ),
    )


def has_ideas(space_id: int) -> bool:
    """Also staged and withdrawn ones: whether anything at all stands in the space."""
    return Idea.objects.filter(space=space_id).exists()
