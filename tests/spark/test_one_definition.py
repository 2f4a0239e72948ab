"""The folds say the same on both engines: of every table of the spec, and of ledgers as a property test draws them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.fold import acts_of_ledger, constants, talk
from tertulia.engine.look import EVER, frames_of, reading
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.sql import Script, load
from tertulia.engine.ties import ties_script
from tests.properties import ledgers as of_talk
from tests.properties import marks
from tests.spark import recorder
from tests.spark.agreement import disagreements
from tests.spark.ledgers import APART, drawn, later, moved, side_by_side

if TYPE_CHECKING:
    from tertulia.engine.backends.spark import Spark

pytestmark = pytest.mark.spark
ROOT = Path(__file__).parent.parent.parent
LEDGERS = 60
DRAWN_FROM = 100_000


def assert_the_same(spark: "Spark", script: Script, tables: Mapping[str, pa.Table]) -> None:
    """Every step's rows, not only the last one's; that a step had no rows in any ledger is said, too."""
    wanted = [step.name for step in script.steps if step.name != "acts"]
    ours = DuckDB(threads=1).run(script, tables, wanted=wanted)
    theirs = spark.run(script, tables, wanted=wanted)

    found = {name: disagreements(ours[name], theirs[name]) for name in wanted}
    assert not {name: lines for name, lines in found.items() if lines}


def reading_of(acts: pa.Table) -> Script:
    script = acts_of_ledger(acts).then(talk(DEFAULT, chat=False)).then(reading(DEFAULT, chat=False))
    for name in ("influence", "became", "described"):
        script = script.then(load(name, constants(DEFAULT, chat=False)))
    return script


def record_spec(folder: Path) -> None:
    # Its workers are its own, also where this test runs in one.
    apart = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    recorded = ["-n", "2", "-p", "tests.spark.recorder", "-p", "no:cacheprovider", "tests/spec"]
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *recorded],
        cwd=ROOT,
        env={**apart, recorder.FOLDER: str(folder)},
        # Whether they pass is for `make test` to say; what they read is wanted here.
        check=False,
        stdout=subprocess.DEVNULL,
    )


@pytest.fixture(scope="session")
def spec(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    """Every table that the spec's tests read, with the frames in which they read it."""
    folder = Path(os.environ.get(recorder.FOLDER) or tmp_path_factory.mktemp("spec"))
    if not any(folder.glob("*.parquet")):
        record_spec(folder)
    read = sorted(file.name.removesuffix("-ledger.parquet") for file in folder.glob("*-ledger.parquet"))
    assert read
    return {
        name: pa.concat_tables(
            moved(parquet.read_table(folder / f"{one}-{name}.parquet"), number)
            for number, one in enumerate(read)
        )
        for name in recorder.INPUTS
    }


@pytest.fixture(scope="session")
def tables(spec: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Those of the spec, and ledgers as a property test draws them: what a run costs is its steps, not its rows."""
    # The spec's are numbered from 0, and are fewer.
    acts = side_by_side(drawn(of_talk.ledgers(least=5), LEDGERS), first=DRAWN_FROM)
    spaces = sorted({str(space) for space in acts.column("space").to_pylist()})
    end = int(max(acts.column("t").to_numpy()))
    rows = [(DRAWN_FROM * APART + n, space, EVER, end) for n, space in enumerate(spaces)]
    rows += [
        (DRAWN_FROM * APART + len(rows) + n, space, end - 84 * DAY_US, end) for n, space in enumerate(spaces)
    ]
    return {
        "ledger": pa.concat_tables([spec["ledger"], acts]),
        "frames": pa.concat_tables([spec["frames"], frames_of(rows, pa.string())]),
        "left_out": spec["left_out"],
    }


@pytest.fixture(scope="session")
def marked() -> pa.Table:
    """Ledgers that end on the day at which they are read, and again more than half a year before it."""
    ledgers = drawn(marks.ledgers(), LEDGERS)
    return side_by_side([*ledgers, *(later(ledger, 200) for ledger in ledgers)])


def test_every_table_of_the_spec_and_any_ledger_read_the_same(
    spark: "Spark", tables: dict[str, pa.Table]
) -> None:
    assert_the_same(spark, reading_of(tables["ledger"]), tables)


def test_any_ledger_gives_the_same_track_records(spark: "Spark", marked: pa.Table) -> None:
    script = acts_of_ledger(marked).then(ties_script(at=int(max(marked.column("t").to_numpy()))))

    assert_the_same(spark, script, {"ledger": marked})
