"""Taking a brought history out again: its content, and what people here have added under it."""

from django.db.models import Q

from tertulia.ideas.actions.bring import count_replies
from tertulia.ideas.actions.bring_changes import stand_again
from tertulia.ideas.models import Credit, Idea, Link, Outcome, Reply, Searchable, Version
from tertulia.ideas.queries import in_parts, replies_under


def remove_brought(import_id: int) -> None:
    """Delete every row of an import, in an order that no reference is left hanging. Acts stay: frames skip them.

    Replies that people here wrote under these ideas and replies go with them; whoever calls this has asked first."""
    for some in in_parts(Idea.objects.filter(import_id=import_id).values_list("pk", flat=True)):
        Searchable.objects.filter(idea__in=some).delete()
        Credit.objects.filter(version__idea__in=some).delete()
        Outcome.objects.filter(idea__in=some).delete()
        Version.objects.filter(idea__in=some).delete()
        Link.objects.filter(Q(idea__in=some) | Q(to__in=some)).delete()
        Reply.objects.filter(idea__in=some).update(parent=None)
        Reply.objects.filter(idea__in=some).delete()
        Idea.objects.filter(pk__in=some).delete()
    _remove_from_earlier(import_id)


def _remove_from_earlier(import_id: int) -> None:
    """What the import added to ideas of an earlier one, whose texts are what they were before."""
    Link.objects.filter(import_id=import_id).delete()
    replies = replies_under(import_id)
    changed: set[int] = set()
    for some in in_parts(replies):
        changed |= set(Reply.objects.filter(pk__in=some).values_list("idea", flat=True))
        Searchable.objects.filter(reply__in=some).delete()
        Credit.objects.filter(reply__in=some).delete()
        Outcome.objects.filter(Q(names__in=some) | Q(words__in=some)).delete()
        Reply.objects.filter(pk__in=some).update(parent=None)
    for some in in_parts(replies):
        Reply.objects.filter(pk__in=some).delete()
    changed |= _stand_as_before(import_id) | _accept_no_longer(import_id)
    count_replies(changed)


def _stand_as_before(import_id: int) -> set[int]:
    """The ideas in which a text is again what it was."""
    gone = Version.objects.filter(import_id=import_id)
    of = set(gone.values_list("idea", "reply"))
    for idea, reply in of:
        there = Version.objects.filter(idea=idea, reply=reply).order_by("number")
        # A reply that nobody had changed had no version: the first is what it said, and came with what changed it.
        stand_again(list(there.exclude(import_id=import_id)) or list(there[:1]))
    gone.delete()
    return {idea for idea, _reply in of}


def _accept_no_longer(import_id: int) -> set[int]:
    """The ideas in which a reply is no longer said to be accepted."""
    accepted = Reply.objects.filter(accepted_import_id=import_id)
    ideas = set(accepted.values_list("idea", flat=True))
    accepted.update(accepted_at=None, accepted_import_id=None)
    return ideas
