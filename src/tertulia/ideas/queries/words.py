"""What contributions said when they were made: the text that an act of theirs stands for."""

from tertulia.ideas.models import Reply, Version


def first_words_of_space(space_id: int) -> dict[int, str]:
    """The text of each contribution to a space by the number of its act; an idea's with its title.

    Whoever asks has the acts already, and uses the words of those alone: this is for the worker, and for no page. First
    versions, because a later one repeats what was replied to the first, and replies would seem to have taken it up.
    """
    said: dict[int | None, str] = dict(
        Reply.objects.filter(idea__space=space_id, act__isnull=False, withdrawn_at=None)
        .order_by("pk")
        .values_list("act", "text")
    )
    first = Version.objects.filter(idea__space=space_id, number=1)
    said |= dict(first.filter(reply__act__isnull=False).order_by("pk").values_list("reply__act", "text"))
    opened = first.filter(reply=None, idea__act__isnull=False, idea__withdrawn_at=None).order_by("pk")
    said |= {
        act: f"{title}\n\n{text}" for act, title, text in opened.values_list("idea__act", "title", "text")
    }
    return {act: text for act, text in said.items() if act is not None}
