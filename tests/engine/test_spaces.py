from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from tertulia.engine.acts import Visibility
from tertulia.engine.backends import NoBackend
from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.explain import explain
from tertulia.engine.organisation import read_organisation
from tertulia.engine.params import DAY_US
from tertulia.engine.spaces import read_spaces
from tertulia.engine.sql import Script, Step
from tertulia.engine.table import table_of
from tests.engine.tables import Table, monologue, round_table, seed_page


def in_space(table: Table, space: int) -> Table:
    """The same acts in another space, with numbers of their own."""
    moved = Table(space=space)
    for act in table.acts:
        shift = 1000 * (space - table.space)
        thread = act.thread + shift if isinstance(act.thread, int) else None
        columns = {name: getattr(act, name) for name in act.__slots__}
        columns |= {"act": act.act + shift, "space": space, "thread": thread}
        columns |= {name: value + shift for name in ("parent", "ref") if (value := columns[name]) is not None}
        moved.acts.append(type(act)(**columns))
    return moved


def many() -> pa.Table:
    tables = [in_space(round_table(), 1), in_space(monologue(), 2), in_space(seed_page(), 3)]
    return table_of([act for table in tables for act in table.acts])


def test_every_space_is_read_in_one_go_and_out_of_a_file(tmp_path: Path) -> None:
    parquet.write_table(many(), tmp_path / "acts.parquet")

    rows = read_spaces(tmp_path / "acts.parquet", at=40 * DAY_US, window="all").to_pylist()

    assert [(row["space"], row["state"], row["leaning"]) for row in rows] == [
        (1, "both_ways_untold", None),
        (2, "broadcasting", None),
        (3, "too_early", "broadcasting"),
    ]


def test_adjacent_windows_go_back_to_a_spaces_first_act() -> None:
    table = round_table(threads=100)

    rows = read_spaces(table.acts, window="12w", back=9).to_pylist()

    assert [row["window"] for row in rows] == [0, 1]
    assert rows[1]["end"] == rows[0]["start"]
    assert sum(row["contributions"] for row in rows) == len(table.acts)


def test_what_a_source_cannot_carry_is_null_and_not_zero() -> None:
    rows = read_spaces(many(), window="all", visibility=Visibility(outcome=False)).to_pylist()

    assert {row["closed"] for row in rows} == {row["acted_upon"] for row in rows} == {None}


def test_a_group_under_five_has_no_state_and_no_figures() -> None:
    row = read_spaces(round_table(people=4).acts, window="all").to_pylist()[0]

    assert (row["state"], row["about"], row["exchange"], row["p_broadcasting"]) == (
        "too_early",
        None,
        None,
        None,
    )


def organisation(kinds: str) -> pa.Table:
    make = {"b": monologue, "r": round_table, "s": seed_page}
    acts = [act for space, kind in enumerate(kinds, 1) for act in in_space(make[kind](), space).acts]
    return table_of(acts)


def test_an_organisation_is_told_in_counts_of_spaces() -> None:
    reading = read_organisation(organisation("bbbrrrr"), window="all")

    assert {cell.state: cell.spaces for cell in reading.states} == {"broadcasting": 3, "both_ways_untold": 4}
    assert (reading.spaces, reading.people, reading.suppressed) == (7, 56, 0)


def test_a_cell_that_points_at_a_space_is_withheld_together_with_the_one_that_would_give_it_away() -> None:
    reading = read_organisation(organisation("bbbrrrrs"), window="all")

    assert {cell.state: cell.spaces for cell in reading.states} == {
        "broadcasting": None,
        "both_ways_untold": 4,
        "too_early": None,
    }


def test_of_two_spaces_nothing_is_said() -> None:
    reading = read_organisation(organisation("br"), window="all")

    assert (reading.withheld, reading.states, reading.spaces) == (True, (), None)


def test_an_explanation_lists_every_act_of_what_decided() -> None:
    found = explain(seed_page().acts, space=1, at=20 * DAY_US, window="all")

    against = found.against[0]
    assert [(line.actor, line.verb) for line in against.lines] == [("Bo", "replied"), ("Ana", "replied")]
    assert against.lines[1].on == against.lines[0].act
    assert [line.actor for argument in found.speaking_for for line in argument.lines] == [
        "Cleo",
        "Dan",
        "Eve",
    ]


@pytest.mark.parametrize("window", ["12w", "1y", "all"])
def test_a_ledger_without_acts_has_no_rows(window: str) -> None:
    assert len(read_spaces([], window=window)) == 0


def test_a_ledger_that_needs_more_memory_than_there_is_says_so() -> None:
    with pytest.raises(NoBackend, match=r"more than the 976\.5 KiB of memory"):
        read_spaces(many(), backend=DuckDB(memory_mb=1))


@pytest.mark.parametrize("is_kept", [True, False])
def test_duckdb_takes_half_of_the_memory_that_it_finds_which_in_a_container_is_less_than_the_machine_has(
    is_kept: bool,
) -> None:
    room = Script("room", (Step("room", "VIEW", "SELECT current_setting('memory_limit') AS most"),))

    taken = DuckDB(is_kept=is_kept).run(room, {}, wanted=["room"])["room"]

    found = duckdb.connect().execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
    sizes = [float(text.removesuffix(" GiB")) for text in (found, *taken["most"].to_pylist())]
    # Of which DuckDB itself would take 80 %.
    assert sizes[1] / sizes[0] == pytest.approx(50 / 80, abs=0.1 / sizes[0])
