"""Many small ledgers as one: each in spaces, threads and with people of its own, so that one run reads them all."""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tertulia.engine.acts import Act
from tertulia.engine.params import DAY_US
from tertulia.engine.table import table_of

APART = 1_000_000


def drawn(strategy: st.SearchStrategy[list[Act]], count: int) -> list[pa.Table]:
    """So many ledgers as a property test would draw, without its search for the smallest that fails."""
    found: list[pa.Table] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def keep(acts: list[Act]) -> None:
        found.append(table_of(acts))

    keep()
    return [table for table in found if len(table)]


def side_by_side(ledgers: Sequence[pa.Table], *, first: int = 0) -> pa.Table:
    """One table of acts; what is known of ledger n, counted from `first`, stands under ids that begin with n."""
    return pa.concat_tables(moved(ledger, number) for number, ledger in enumerate(ledgers, first))


def later(ledger: pa.Table, days: int) -> pa.Table:
    """The same, so many days after."""
    at = ledger.column_names.index("t")
    return ledger.set_column(at, "t", pc.add(ledger.column("t"), days * DAY_US))


def moved(table: pa.Table, number: int) -> pa.Table:
    """The same rows under ids of their own: also frames, and what is left out of them."""
    for names, change in CHANGES.items():
        for name in names:
            if name in table.column_names:
                at = table.column_names.index(name)
                table = table.set_column(at, name, change(table.column(name), number))
    return table


def _number(column: Any, number: int) -> Any:
    return pc.add(column.cast(pa.int64()), number * APART)


def _name(column: Any, number: int) -> Any:
    """The null stays one; the order of two names stays what it was."""
    return pc.binary_join_element_wise(f"{number:06}", column.cast(pa.string()), " ")


Change = Callable[[Any, int], Any]
CHANGES: dict[tuple[str, ...], Change] = {
    ("act", "parent", "ref", "frame", "episode"): _number,
    ("actor", "person", "space", "thread", "one", "other"): _name,
}
