"""What Spark reads, gives back and leaves behind."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import dataset, parquet

from tertulia.engine.backends import NoBackend, backend_named
from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.sql import Script, Step
from tests.spark.agreement import disagreements
from tests.spark.conftest import needs_spark

if TYPE_CHECKING:
    from tertulia.engine.backends.spark import Spark

pytestmark = pytest.mark.spark
SPOKE = Script(
    "spoke",
    (
        Step("said", "TABLE", "SELECT act, t, actor FROM acts WHERE words >= CAST(1 AS BIGINT)"),
        Step("again", "VIEW", "SELECT actor, t - LAG(t) OVER (PARTITION BY actor ORDER BY t, act) AS gap FROM said"),
        Step("spoke", "TABLE", "SELECT actor, COUNT(*) AS n, MAX(gap) AS longest FROM again GROUP BY actor"),
    ),
)  # fmt: skip


def acts() -> pa.Table:
    return pa.table(
        {
            "act": range(1, 9),
            "t": [10, 20, 20, 30, 45, 50, 60, 61],
            "actor": ["Ana", "Bo", "Ana", "Cleo", "Bo", "Ana", None, "Žofie"],
            "words": [3, 1, 0, 7, None, 2, 4, 1],
            "month": ["2026-10"] * 5 + ["2026-11"] * 3,
        }
    )


def spoken(spark: "Spark", source: pa.Table | Path) -> pa.Table:
    return spark.run(SPOKE, {"acts": source}, wanted=["spoke"])["spoke"]


def test_a_table_a_file_and_a_folder_by_month_are_the_same_acts(spark: "Spark", tmp_path: Path) -> None:
    expected = DuckDB().run(SPOKE, {"acts": acts()}, wanted=["spoke"])["spoke"]
    parquet.write_table(acts(), tmp_path / "acts.parquet")
    by_month = dataset.partitioning(pa.schema([("month", pa.string())]), flavor="hive")
    dataset.write_dataset(acts(), tmp_path / "acts", format="parquet", partitioning=by_month)

    assert {folder.name for folder in (tmp_path / "acts").iterdir()} == {"month=2026-10", "month=2026-11"}
    for source in (acts(), tmp_path / "acts.parquet", tmp_path / "acts"):
        assert disagreements(spoken(spark, source), expected) == []


def test_a_run_leaves_nothing_behind(spark: "Spark") -> None:
    spoken(spark, acts())

    session = spark._session
    assert session is not None
    assert len(session.sparkContext._jsc.getPersistentRDDs()) == 0
    assert session.catalog.listTables() == []


def test_a_step_that_is_not_there_is_named(spark: "Spark") -> None:
    with pytest.raises(KeyError, match="nothing"):
        spark.run(SPOKE, {"acts": acts()}, wanted=["nothing"])


def test_without_java_it_says_what_is_missing(tmp_path: Path) -> None:
    needs_spark()
    asking = (
        "from tertulia.engine.backends.spark import Spark\n"
        "from tertulia.engine.backends import NoBackend\n"
        "try: Spark('local[1]')._started()\n"
        "except NoBackend as why: print(why)\n"
    )
    environ = {**os.environ, "JAVA_HOME": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", asking], env=environ, check=True, capture_output=True, text=True
    ).stdout

    assert said.startswith("Spark did not start. It needs Java 17")


def test_an_engine_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(backend_named("duckdb"), DuckDB)
    with pytest.raises(NoBackend, match="knows no master"):
        backend_named("duckdb", master="local")
    with pytest.raises(NoBackend, match="duckdb and spark"):
        backend_named("sqlite")
    monkeypatch.setattr("tertulia.engine.backends.find_spec", lambda _: None)
    with pytest.raises(NoBackend, match=r"tertulia\[spark\]"):
        backend_named("spark")
