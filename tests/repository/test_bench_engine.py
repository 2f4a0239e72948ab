"""The engine's bench measures what it says, on ledgers that are what they claim. Nothing here is timed."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyarrow import parquet

from bench.engine import folds, ledger, peers, texts
from bench.engine.goals import Row
from tertulia.engine.table import table_of

ACTS = 3_000


@pytest.fixture(scope="module")
def acts() -> pa.Table:
    return ledger.part(0, ACTS)


def test_a_ledger_has_as_many_valid_acts_as_were_asked_for_in_the_order_of_time(acts: pa.Table) -> None:
    checked = table_of(acts)

    assert checked.column("act").to_pylist() == list(range(1, ACTS + 1))
    assert checked.column("t").to_pylist() == sorted(checked.column("t").to_numpy())


def test_the_same_seed_gives_the_same_ledger_and_another_another(acts: pa.Table) -> None:
    assert ledger.part(0, ACTS).equals(acts)
    assert not ledger.part(0, ACTS, seed=2).equals(acts)


def test_what_an_act_responds_to_or_names_came_before_it_and_is_by_the_one_it_is_directed_at(
    acts: pa.Table,
) -> None:
    rows = acts.to_pylist()
    actor = {row["act"]: row["actor"] for row in rows}
    named = 0
    for row in rows:
        for target in (row["parent"], row["ref"]):
            if target is not None:
                assert target < row["act"]
                assert actor[target] == (row["person"] if row["person"] is not None else row["actor"])
                named += 1

    assert named > ACTS / 2


def test_people_come_back_to_each_other_and_all_kinds_of_marks_are_there(acts: pa.Table) -> None:
    pairs = set(zip(acts.column("actor").to_pylist(), acts.column("person").to_pylist(), strict=True))

    assert sum((b, a) in pairs for a, b in pairs if b is not None) > len(pairs) / 5
    assert set(acts.column("verb").to_pylist()) >= set(ledger.VERBS) - {"contested", "was_wrong"}


def test_a_folder_holds_parts_that_share_no_act_person_space_or_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PART", 1_000)

    ledger.write(tmp_path / "acts", 2_500)

    first, second, third = (parquet.read_table(path) for path in sorted((tmp_path / "acts").iterdir()))
    assert [len(part) for part in (first, second, third)] == [1_000, 1_000, 500]
    for column in ("act", "actor", "space", "thread"):
        assert pc.max(first.column(column)).as_py() < pc.min(second.column(column)).as_py()


def test_every_contribution_has_a_text_that_takes_up_something_of_what_it_answers(acts: pa.Table) -> None:
    found = texts.of_acts(acts)
    said = dict(zip(found.column("act").to_pylist(), found.column("text").to_pylist(), strict=True))
    talk = acts.filter(pc.greater(acts.column("words"), pa.scalar(0))).to_pylist()

    assert set(said) == {row["act"] for row in talk}
    for row in talk[:200]:
        assert len(str(said[row["act"]]).split()) == min(row["words"], texts.LONGEST)
    assert texts.of_acts(acts).equals(found)


def test_no_two_words_of_the_vocabulary_are_alike() -> None:
    assert len({texts._word(number) for number in range(texts.WORDS)}) == texts.WORDS


def test_what_is_measured_is_done(tmp_path: Path) -> None:
    ledger.write(tmp_path / "acts", ACTS)
    folder, pairs = str(tmp_path / "acts"), str(tmp_path / "pairs.npy")

    tied = folds.ties(folder, pairs)
    assert tied["ties"] > 50
    assert folds.readings(folder)["space_windows"] >= 2
    assert folds.floor(folder)["cpu_s"] >= 0
    graph = peers.of_graph("duckdb", pairs)
    assert graph["ties"] == tied["ties"]
    assert 0 < graph["reciprocity"] < 1


def test_a_goal_is_kept_missed_or_missed_by_far() -> None:
    assert Row("ties", 4.0, "×", 5.0).words == "kept"
    assert Row("ties", 6.0, "×", 5.0).words == "MISSED, 1.20 times"
    assert (
        Row("messages", 10_000, "a second", 20_000, more_is_better=True).words == "MISSED, 2.00 times, BY FAR"
    )
    assert Row("floor", 1.0, "CPU s").words == ""
