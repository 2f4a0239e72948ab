from dataclasses import dataclass

from tertulia.ideas.models import Credit, Idea, Reply


@dataclass(frozen=True)
class MadeHere:
    """What people here have added to an imported history since it came."""

    replies: int
    heard: int
    credits: int


def made_here_on(import_id: int) -> MadeHere:
    ideas = Idea.objects.filter(import_id=import_id)
    own = Reply.objects.filter(idea__in=ideas, import_id=None)
    return MadeHere(
        replies=own.filter(withdrawn_at=None).count(),
        heard=own.exclude(heard="").exclude(heard="waiting").count(),
        credits=Credit.objects.filter(version__idea__in=ideas).count(),
    )


def has_ideas(space_id: int) -> bool:
    """Also staged and withdrawn ones: whether anything at all stands in the space."""
    return Idea.objects.filter(space=space_id).exists()
