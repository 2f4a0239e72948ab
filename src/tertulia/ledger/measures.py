"""What the text stage found for acts: numbers beside the ledger, which are derived and may be written anew."""

from collections.abc import Iterable

from tertulia.ledger.models import Measure

__all__ = ["Measure", "keep", "measures_of"]


def measures_of(acts: Iterable[int]) -> dict[int, Measure]:
    """The measures of these acts, for those that have one."""
    return {one.act: one for one in Measure.objects.filter(act__in=list(acts))}


def keep(measures: Iterable[Measure]) -> None:
    """Write these, over what may stand there for the same acts."""
    Measure.objects.bulk_create(
        measures,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["act"],
        update_fields=["text_version", "uptake", "rk_t", "rk_o"],
    )
