"""`tertulia convert`, `read` and `explain`: what they say, what they write, and how they end."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tertulia.cli import chart, words
from tertulia.cli.table import WrongUse, end_of
from tests.cli.histories import read_json, run, run_apart, write_channel


@pytest.fixture(scope="module")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_channel(tmp_path_factory.mktemp("channel"))


@pytest.fixture(scope="module")
def acts(channel: Path) -> Path:
    path = channel.with_name("acts.parquet")
    done = run("convert", channel, "-o", path, "--name", "The table")
    assert done.exit_code == 0, done.stderr
    return path


@pytest.mark.slow
def test_no_command_loads_the_site(channel: Path, tmp_path: Path) -> None:
    path = tmp_path / "acts.parquet"

    for command in (
        ("convert", channel, "-o", path),
        ("read", path, "--html", tmp_path / "a.html"),
        ("explain", path),
        ("compare", path, channel),
    ):
        done = run_apart(*command)
        assert done.returncode == 0, done.stderr


def test_convert_says_what_became_of_the_export(channel: Path, tmp_path: Path) -> None:
    done = run("convert", channel, "-o", tmp_path / "a.parquet")

    assert "5 people, 6 ideas and 84 replies became 90 acts." in done.stdout
    assert "times without a zone, taken for UTC" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.parquet"]


def test_the_acts_hold_measures_but_no_words_and_no_names(acts: Path) -> None:
    table = pq.read_table(acts)

    assert table["text_version"].null_count == 0
    assert set(table["actor"].to_pylist()) == {"p1", "p2", "p3", "p4", "p5"}
    assert "text" not in table.column_names


def test_texts_are_written_when_asked_for_and_said_to_be_private(channel: Path, tmp_path: Path) -> None:
    done = run("convert", channel, "-o", tmp_path / "a.parquet", "--texts")

    assert "as private as the place itself" in " ".join(done.stdout.split())
    names = {"a.parquet", "a.texts.parquet", "a.people.parquet", "a.sources.parquet"}
    assert {path.name for path in tmp_path.iterdir()} == names


def test_a_folder_is_filled_by_month_and_reads_like_the_file(
    channel: Path, acts: Path, tmp_path: Path
) -> None:
    run("convert", channel, "-o", tmp_path / "acts", "--name", "The table")

    assert [path.name for path in (tmp_path / "acts").iterdir()] == ["month=2020-01"]
    assert read_json(tmp_path / "acts") == read_json(acts)
    again = run("convert", channel, "-o", tmp_path / "acts")
    assert (again.exit_code, "there already" in again.stderr) == (1, True)


def test_an_export_and_its_table_read_alike(channel: Path, acts: Path) -> None:
    of_export = read_json(channel)[0]
    of_table = read_json(acts)[0]

    assert of_table["space"] == "The table"
    assert of_export["probabilities"] == of_table["probabilities"]
    assert of_export["features"] == of_table["features"]


def test_a_chat_is_read_as_one_without_anybody_saying_so(acts: Path, tmp_path: Path) -> None:
    bare = pq.read_table(acts).replace_schema_metadata(None)
    pq.write_table(bare, tmp_path / "bare.parquet")
    # One thread of all six days, so that only the pause tells conversations apart.
    whole = pq.read_table(acts)
    whole = whole.set_column(whole.column_names.index("thread"), "thread", pa.array([1] * len(whole)))
    pq.write_table(whole, tmp_path / "chat.parquet")
    pq.write_table(whole.replace_schema_metadata(None), tmp_path / "forum.parquet")

    def conversations(*words: str | Path) -> object:
        return read_json(*words)[0]["episodes"][0]["of"]  # type: ignore[index]

    assert conversations(tmp_path / "chat.parquet") == 6
    assert conversations(tmp_path / "forum.parquet") == 1
    assert conversations(tmp_path / "forum.parquet", "--chat") == 6
    assert read_json(tmp_path / "bare.parquet")[0]["ceiling"] is None
    assert read_json(acts)[0]["ceiling"] == "conversing"


def test_read_says_a_sentence_and_then_the_table(acts: Path) -> None:
    told = run("read", acts).stdout

    assert told.startswith("The table: ")
    assert "5 people and 90 contributions" in told
    assert "who is spoken to speaks back" in told
    assert "Not visible here: " in told


def test_a_window_ends_where_one_says(acts: Path) -> None:
    assert read_json(acts, "--at", "2020-01-02")[0]["contributions"] == 30
    assert read_json(acts, "--window", "12w", "--at", "2021-01-01")[0]["state"] == "empty"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--at", "yesterday"), "'yesterday' is no date"),
        (("--space", "Attic"), "There is no space 'Attic' in it; there is The table."),
        (("--window", "13w"), "12w"),
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence(acts: Path, words: tuple[str, str], sentence: str) -> None:
    done = run("read", acts, *words)

    assert done.exit_code == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_value_is_named_with_its_row_and_column(acts: Path, tmp_path: Path) -> None:
    table = pq.read_table(acts)
    verbs = ["posted", "shouted", *table["verb"].to_pylist()[2:]]
    pq.write_table(
        table.set_column(table.column_names.index("verb"), "verb", pa.array(verbs)), tmp_path / "bad.parquet"
    )

    done = run("read", tmp_path / "bad.parquet")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "bad.parquet: Row 1 (act 2), column verb: 'shouted' is not a verb of the ledger" in done.stderr


@pytest.mark.parametrize("command", ["read", "explain", "convert"])
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("nowhere", None, "is not there"),
        (
            "a.log",
            "2020-01-01T10:00 <ana> hello\n2020-01-01T99:00 <ana> hello\n",
            "a.log has a time that is none at line 2",
        ),
        ("letter.txt", "Dear all,\n", "letter.txt is; nothing was taken"),
    ],
)
def test_what_cannot_be_read_ends_with_one_and_a_sentence(
    tmp_path: Path, command: str, name: str, content: str | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    words = ("-o", tmp_path / "out.parquet") if command == "convert" else ()

    done = run(command, tmp_path / name, *words)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize("name", ["acts.parquet", "acts.csv"])
def test_what_is_no_table_ends_with_one_and_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x00\x01\x02 not a table\n" * 20)

    done = run("read", tmp_path / name)
    assert (done.exit_code, "Traceback" in done.stderr) == (1, False)
    assert name in done.stderr


@pytest.mark.parametrize(
    "kind", ["nowhere", "nowhere.parquet", "nowhere.csv", "letter.txt", "acts.parquet", "packed"]
)
@pytest.mark.parametrize("command", ["convert", "read", "explain", "compare"])
def test_a_path_is_named_as_it_was_given_and_once(tmp_path: Path, command: str, kind: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear all,\n")
    (tmp_path / "acts.parquet").write_text("none")
    (tmp_path / "packed").write_bytes(b"7z\xbc\xaf\x27\x1c")
    given = tmp_path / kind
    more = {"convert": ("--output", tmp_path / "out.parquet"), "compare": (tmp_path / "other",)}

    done = run(command, given, *more.get(command, ()))

    assert done.exit_code > 0
    assert str(given) in done.stderr
    # Not as the beginning of a sentence that names it itself.
    assert not re.search(f"{given}: (There is|{given})", done.stderr)


def test_csv_of_any_program_is_read(tmp_path: Path) -> None:
    rows = ["act,t,actor,verb,space,thread,words", "1,1577872800000000,ana,posted,Attic,1,5"]
    (tmp_path / "acts.csv").write_text("\n".join(rows) + "\n")

    assert "Attic: fewer than five people wrote" in run("read", tmp_path / "acts.csv").stdout


def test_explain_shows_the_acts_for_and_against(acts: Path) -> None:
    told = run("explain", acts, "--space", "The table").stdout

    assert "What speaks most for " in told
    assert "What speaks most against it" in told
    assert "(inferred turn)" in told
    assert "question, inferred" in told


def test_explain_shows_names_and_words_where_they_lie_beside(channel: Path, tmp_path: Path) -> None:
    run("convert", channel, "-o", tmp_path / "a.parquet", "--texts")

    said = json.loads(run("explain", tmp_path / "a.parquet", "--json").stdout)
    assert {person for one in said["for"] for person in one["people"]} <= {"ana", "bo", "cleo", "dan", "eva"}
    assert any("rye" in act["text"] for one in said["for"] for act in one["acts"])


def test_the_page_needs_nothing_else_and_says_in_tables_what_it_draws(acts: Path, tmp_path: Path) -> None:
    run("read", acts, "--html", tmp_path / "page.html")

    page = (tmp_path / "page.html").read_text()
    assert page.count("<svg") == page.count("<table") - 1 == 3
    assert page.count("<desc") == page.count('role="img"') == 3
    for outside in ("<script", "http:", "https:", "src=", "@import", "url("):
        assert outside not in page
    assert "prefers-color-scheme: dark" in page


def test_what_is_wide_on_the_page_scrolls_by_itself_and_its_sentence_does_not(
    acts: Path, tmp_path: Path
) -> None:
    run("read", acts, "--html", tmp_path / "page.html")

    page = (tmp_path / "page.html").read_text()
    assert '<div class="wide" role="region" tabindex="0" aria-label="What is read: chart">\n<svg' in page
    assert page.count('<div class="wide" role="region" tabindex="0"') == page.count("<svg") + page.count(
        "<table"
    )
    assert page.count("<figcaption>") == page.count("<table")
    assert "<caption>" not in page


def test_a_ledger_read_where_it_lies_says_the_same(acts: Path) -> None:
    (one,), (other,) = read_json(acts), read_json(acts, "--engine", "duckdb")

    assert other["sentence"] == one["sentence"]
    possible = {state: p for state, p in one["probabilities"].items() if p}  # type: ignore[attr-defined]
    assert other["probabilities"] == pytest.approx(possible, abs=1e-9)
    assert other["episodes"] == one["episodes"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--engine", "abacus"), "no engine called abacus"),
        (("--master", "local[2]"), "--master says where Spark runs"),
        (("--engine", "duckdb", "--master", "local[2]"), "knows no master"),
        (("--engine", "duckdb", "--space", "Attic"), "no space 'Attic'"),
    ],
)
def test_an_engine_that_cannot_be_ends_with_two(acts: Path, words: tuple[str, ...], sentence: str) -> None:
    done = run("read", acts, *words)

    assert (done.exit_code, sentence in done.stderr) == (2, True)


def test_compare_does_not_tell_of_fewer_than_ten_people(acts: Path, channel: Path) -> None:
    done = run("compare", acts, channel, "--json")

    said = json.loads(done.stdout)
    assert {(cell["suppressed"], cell["people"], cell["mean"]) for cell in said["cells"]} == {
        (True, None, None)
    }
    assert said["differences"] == []
    assert "not told" in run("compare", acts, channel).stdout


def test_compare_tells_the_shared_histories_apart(shared_data: Path) -> None:
    bicycles, labs = shared_data / "stackexchange" / "bicycles.meta", shared_data / "wordpress"

    said = json.loads(run("compare", bicycles, labs / "cc-labs.wordpress.xml", "--json").stdout)
    exchange = next(one for one in said["differences"] if one["measure"] == "exchange")
    assert (exchange["one"], exchange["other"]) == ("bicycles.meta", "cc-labs")
    assert 0 < exchange["low"] < exchange["difference"]
    assert exchange["stands"]


def test_every_label_of_a_chart_fits_beside_it() -> None:
    labels = [*words.FEATURES.values(), *words.EPISODES.values(), *words.STATES.values()]

    assert [label for label in labels if len(label) > chart.LONGEST_LABEL] == []


def test_a_day_ends_with_its_last_microsecond() -> None:
    assert end_of("1970-01-01") == 86_400_000_000 - 1
    assert end_of("1970-01-01T01:00:00+01:00") == 0
    assert end_of("") is None
    with pytest.raises(WrongUse):
        end_of("30.11.2026")


@pytest.mark.parametrize(
    ("path", "said", "never"),
    [
        ("wordpress/cc-labs.wordpress.xml", "broadcasting", ("conversing", "collaborating")),
        ("stackexchange/bicycles.meta", "conversing", ("broadcasting",)),
    ],
)
def test_the_shared_histories_read_as_they_are(
    shared_data: Path, path: str, said: str, never: tuple[str, ...]
) -> None:
    reading = read_json(shared_data / path)[0]

    assert reading["state"] == said
    assert reading["state"] not in never


def test_what_a_source_cannot_show_is_left_out_and_not_called_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.html"

    shown = run("read", write_channel(tmp_path), "--html", page).stdout

    assert "Its source cannot show what came of it" in shown
    for told in (shown, page.read_text()):
        assert "went both ways" in told
        assert "something came of it" not in told
