"""Taking a brought history out again: its content, and what people here have added under it."""

from tertulia.ideas.models import Credit, Idea, Link, Outcome, Reply, Searchable, Version


def remove_brought(import_id: int) -> None:
    """Delete every row of an import, in an order that no reference is left hanging. Acts stay: frames skip them.

    Replies that people here wrote under these ideas go with them; whoever calls this has asked first."""
    ideas = list(Idea.objects.filter(import_id=import_id).values_list("pk", flat=True))
    for start in range(0, len(ideas), 200):
        some = ideas[start : start + 200]
        Searchable.objects.filter(idea__in=some).delete()
        Credit.objects.filter(version__idea__in=some).delete()
        Outcome.objects.filter(idea__in=some).delete()
        Version.objects.filter(idea__in=some).delete()
        Link.objects.filter(idea__in=some).delete()
        Reply.objects.filter(idea__in=some).update(parent=None)
        Reply.objects.filter(idea__in=some).delete()
        Idea.objects.filter(pk__in=some).delete()
