from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from tertulia.engine.acts import Act, BadActs
from tertulia.engine.fold import said
from tertulia.engine.table import checked, table_of, texts_of, topics_of
from tests.engine.tables import round_table

GOOD = Act(act=7, t=1, actor="Ana", verb="posted", space=1, thread=1, words=3)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "7"),
        ("act", None),
        ("t", 1.5),
        ("t", 2**63),
        ("actor", ""),
        ("actor", None),
        ("person", 3),
        ("verb", "shouted"),
        ("verb", None),
        ("move", "rant"),
        ("space", None),
        ("thread", None),
        ("thread", 1.5),
        ("thread", "one"),
        ("parent", "x"),
        ("ref", True),
        ("words", -1),
        ("words", None),
        ("basis", "felt"),
        ("confidence", 1.1),
        ("confidence", None),
        ("uptake", -0.1),
        ("uptake", float("inf")),
        ("rk_t", 0.6),
        ("rk_o", float("nan")),
        ("text_version", 1.0),
        ("contested", 1),
    ],
)
def test_a_wrong_value_is_named_by_row_and_column(column: str, value: Any) -> None:
    bad = replace(GOOD, **{column: value})

    with pytest.raises(BadActs, match=f"Row 1 .*column {column}:") as refused:
        table_of([replace(GOOD, act=6), bad])

    assert (refused.value.row, refused.value.column) == (1, column)


def test_the_first_of_two_wrong_rows_is_named() -> None:
    with pytest.raises(BadActs, match=r"Row 1 \(act 8\), column words"):
        table_of([GOOD, replace(GOOD, act=8, words=-1), replace(GOOD, act=9, verb="shouted")])


def test_an_act_that_stands_twice_is_refused() -> None:
    with pytest.raises(BadActs, match=r"Row 2 \(act 7\), column act: stands twice"):
        table_of([GOOD, replace(GOOD, act=3), GOOD])


def test_a_mark_outside_any_thread_is_allowed() -> None:
    assert len(table_of([Act(act=1, t=0, actor="Ana", verb="joined")])) == 1


def test_people_may_be_numbers_but_not_numbers_and_names() -> None:
    assert table_of([replace(GOOD, actor=4, person=5)]).column("person").to_pylist() == [5]
    with pytest.raises(BadActs, match=r"Row 1 .*column person"):
        table_of([replace(GOOD, actor=4), replace(GOOD, act=8, actor=4, person="Bo")])


def test_the_rows_of_every_source_are_the_same(tmp_path: Path) -> None:
    whole = table_of(round_table(threads=3, rk_t=0.25).acts)
    parquet.write_table(whole, tmp_path / "acts.parquet")
    months = tmp_path / "acts"
    for month, rows in (("2026-11", whole.slice(0, 7)), ("2026-12", whole.slice(7))):
        (months / f"month={month}").mkdir(parents=True)
        parquet.write_table(rows, months / f"month={month}" / "part.parquet")
    odd = whole.select(list(reversed(whole.column_names)))
    sources: list[Any] = [
        whole.to_pylist(),
        whole,
        odd.set_column(odd.schema.get_field_index("verb"), "verb", odd.column("verb").dictionary_encode()),
        whole.to_reader(),
        tmp_path / "acts.parquet",
        str(months),
    ]

    for source in sources:
        assert table_of(source).sort_by("act").equals(whole)


def test_what_may_be_left_out_is_filled_with_its_default() -> None:
    rows = [{"act": 1, "t": 5, "actor": "Ana", "verb": "posted", "space": "a", "thread": "x", "words": 3}]

    row = table_of(rows).to_pylist()[0]

    assert (row["basis"], row["confidence"], row["contested"], row["parent"]) == ("declared", 1.0, False, None)


def test_a_table_without_a_column_that_must_be_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no column actor, thread"):
        table_of(pa.table({"act": [1], "t": [1], "verb": ["posted"], "space": [1], "words": [1]}))


CSV = "verb,act,t,actor,space,thread,words,parent\nposted,1,10,Ana,s,007,3,\nreplied,2,20,Bo,s,007,9,1\n"


def test_a_csv_file_may_have_its_columns_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("\ufeff" + CSV, encoding="utf-8")

    rows = table_of(path).to_pylist()

    assert [(row["act"], row["actor"], row["parent"]) for row in rows] == [(1, "Ana", None), (2, "Bo", 1)]
    # An id with leading zeros is no number.
    assert rows[0]["thread"] == "007"


@pytest.mark.parametrize(
    ("wrong", "right", "column"),
    [("replied,2,20,", "replied,2,2O,", "t"), ("s,007,9,1", "s,007,nine,1", "words"), ("replied", "rplied", "verb")],
)
def test_a_csv_file_with_a_wrong_value_is_refused_by_row_and_column(
    tmp_path: Path, wrong: str, right: str, column: str
) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(CSV.replace(wrong, right), encoding="utf-8")

    with pytest.raises(BadActs, match=rf"Row 1 .*column {column}:"):
        table_of(path)


def test_parquet_that_is_read_where_it_lies_is_refused_as_well(tmp_path: Path) -> None:
    table = table_of(round_table(threads=2).acts)
    wrong = pa.array(["shouted" if row == 3 else verb for row, verb in enumerate(table["verb"].to_pylist())])
    path = tmp_path / "acts.parquet"
    parquet.write_table(table.set_column(table.schema.get_field_index("verb"), "verb", wrong), path)

    for refuse in (checked, said, table_of):
        with pytest.raises(BadActs, match=r"Row 3 .*column verb: 'shouted'"):
            refuse(path)


def test_an_act_that_stands_in_two_months_is_refused(tmp_path: Path) -> None:
    table = table_of(round_table(threads=1).acts)
    for name in ("month=2026-11", "month=2026-12"):
        (tmp_path / name).mkdir()
        parquet.write_table(table, tmp_path / name / "part.parquet")

    with pytest.raises(BadActs, match="stands twice"):
        checked(tmp_path)


def test_a_path_that_holds_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="There is no file or folder"):
        table_of(tmp_path / "acts.parquet")
    (tmp_path / "acts.parquet").write_text("not a table")
    with pytest.raises(ValueError, match="holds no Parquet"):
        table_of(tmp_path / "acts.parquet")


def test_topics_and_texts_are_tables_of_their_own() -> None:
    assert len(topics_of([{"act": 1, "topic": "rye"}, {"act": 1, "topic": "ovens"}])) == 2
    assert len(texts_of([{"act": 1, "text": ""}])) == 1
    with pytest.raises(BadActs, match=r"column act: stands twice"):
        texts_of([{"act": 1, "text": "a"}, {"act": 1, "text": "b"}])
    with pytest.raises(BadActs, match=r"Row 0 .*column topic: is empty"):
        topics_of([{"act": 1, "topic": None}])
