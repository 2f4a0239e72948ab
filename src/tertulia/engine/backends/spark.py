"""The folds on Spark: the same scripts, translated by SQLGlot, on this machine or on a cluster.

Nothing of Python runs on the workers: the folds are SQL, and tables come and go as Arrow. A worker needs Java alone.
"""

import atexit
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Final, Self

import pyarrow as pa
import sqlglot
from pyspark import StorageLevel
from pyspark.errors import PySparkRuntimeError
from pyspark.sql import DataFrame, SparkSession

from tertulia.engine.backends.contract import NoBackend, Source
from tertulia.engine.sql import Script

_LOOPBACK: Final = "127.0.0.1"
# What makes Spark answer as DuckDB does: overflow is an error and not another number, and a day is a day in UTC.
_MEANING: Final = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
}
_QUIET: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


@dataclass(slots=True)
class Spark:
    """`master`: as Spark writes it: `local[2]`, `spark://host:7077`, `yarn`, `k8s://…`.

    `memory_mb`: of the driver, and of each executor on this machine; beyond it Spark works on the disk. How large the
    executors of a cluster are is said where the cluster is described (spark-defaults.conf). `partitions`: of a
    shuffle; None leaves it to Spark. `settings`: more of Spark's own, by their names; they win. `wait_s`: how long a
    cluster may take to give a first worker. A session starts with the first run and serves the next ones until
    `stop`, the end of a `with`, or the end of the process. A session of this process that runs already (a
    notebook's) is used, and left running.
    """

    master: str = "local[*]"
    memory_mb: int = 1500
    partitions: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    wait_s: float = 120
    _session: SparkSession | None = field(default=None, init=False, repr=False)
    _ours: bool = field(default=False, init=False, repr=False)

    def run(
        self, script: Script, tables: Mapping[str, Source], *, wanted: Sequence[str]
    ) -> dict[str, pa.Table]:
        """A folder or file of Parquet is read by the workers, so it must lie where each of them can read it.

        Raises KeyError if `wanted` names no step of the script; NoBackend, with what to do, if Spark does not start.
        """
        steps = {step.name: step for step in script.steps}
        names = [steps[name].name for name in wanted]
        # Views of one run are not seen by another.
        session = self._started().newSession()
        for setting, value in _MEANING.items():
            session.conf.set(setting, value)
        kept: list[DataFrame] = []
        try:
            for name, source in tables.items():
                _offer(session, name, source)
            for step in script.steps:
                rows = session.sql(spark_sql(step.select))
                if step.kind == "TABLE":
                    # Not persist(): the plan of a step would hold the plans of all before it, each as often as it is
                    # read, and planning twenty steps outgrows any memory. What a lost worker held is lost: the run
                    # fails, and is begun again.
                    rows = rows.localCheckpoint(eager=False, storageLevel=StorageLevel.MEMORY_AND_DISK)
                    kept.append(rows)
                    # A kept step carries the columns of the step it came from, and with adaptive execution off Spark
                    # does not tell them apart when both are joined: give them names of their own.
                    rows = rows.toDF(*rows.columns)
                rows.createOrReplaceTempView(step.name)
            return {name: _arrow(session.table(name)) for name in names}
        finally:
            for rows in kept:
                _release(rows)

    def stop(self) -> None:
        """End the session, if this object began it; the next run begins another."""
        atexit.unregister(self.stop)
        if self._session is not None and self._ours:
            self._session.stop()
        self._session, self._ours = None, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _started(self) -> SparkSession:
        if self._session is None:
            running = SparkSession.getActiveSession()
            self._session = running or self._start()
            self._ours = running is None
            atexit.register(self.stop)
        return self._session

    def _start(self) -> SparkSession:
        builder = SparkSession.Builder().master(self.master).appName("Tertulia")
        for name, value in self._all_settings().items():
            builder = builder.config(name, value)
        try:
            with _addresses(self.master):
                session = builder.getOrCreate()
        except (PySparkRuntimeError, OSError) as error:
            raise NoBackend(
                "Spark did not start. It needs Java 17 or 21 on this machine (Debian: openjdk-17-jre-headless), found "
                f"through PATH or JAVA_HOME; what it said stands above. ({type(error).__name__})"
            ) from error
        if not _is_here(self.master) and not _is_given_a_worker(session, self.wait_s):
            session.stop()
            raise NoBackend(
                f"{self.master} answers, but gave no worker in {self.wait_s:.0f} s. Its page says why: no worker is "
                "there, all are taken, none has the memory or cores that are asked for (spark.executor.memory), or "
                "they cannot reach this machine (spark.driver.host)."
            )
        return session

    def _all_settings(self) -> dict[str, str]:
        found = {
            **_MEANING,
            **_QUIET,
            "spark.driver.memory": f"{self.memory_mb}m",
            # What comes back is rows per person, not acts; the driver's memory is the limit.
            "spark.driver.maxResultSize": "0",
        }
        if self.partitions is not None:
            found["spark.sql.shuffle.partitions"] = str(self.partitions)
        if _is_here(self.master):
            found |= {
                "spark.executor.memory": f"{self.memory_mb}m",
                "spark.driver.host": _LOOPBACK,
                "spark.driver.bindAddress": _LOOPBACK,
            }
        return {**found, **self.settings}


@cache
def spark_sql(select: str) -> str:
    """A step's SELECT in Spark's words. Raises sqlglot.errors.UnsupportedError at what Spark cannot say."""
    return str(
        sqlglot.transpile(select, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]
    )


def _is_here(master: str) -> bool:
    return master.startswith("local")


def _is_given_a_worker(session: SparkSession, wait_s: float) -> bool:
    """Whether a smallest job comes back in time: Spark itself would wait for ever, and say so in its log alone."""
    job = Thread(target=session.range(1).count, daemon=True)
    job.start()
    job.join(wait_s)
    return not job.is_alive()


@contextmanager
def _addresses(master: str) -> Iterator[None]:
    """On this machine alone, nothing listens but on loopback: a local cluster's master and workers ask the environment.
    Who talks to a cluster says in it what address the workers see."""
    before = os.environ.get("SPARK_LOCAL_IP")
    if _is_here(master):
        os.environ["SPARK_LOCAL_IP"] = _LOOPBACK
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SPARK_LOCAL_IP", None)
        else:
            os.environ["SPARK_LOCAL_IP"] = before


def _offer(session: SparkSession, name: str, source: Source) -> None:
    if isinstance(source, Path):
        # Folders are walked, whatever they are called; `month=…` is where a file lies and no column.
        rows = session.read.option("recursiveFileLookup", "true").parquet(source.absolute().as_uri())
    else:
        rows = session.createDataFrame(source)
    rows.createOrReplaceTempView(name)


def _release(rows: DataFrame) -> None:
    """Give back now what Spark would give back when it next collects its garbage; it has no public word for that."""
    rows._jdf.queryExecution().analyzed().rdd().unpersist(False)


def _arrow(rows: DataFrame) -> pa.Table:
    """Without Spark's note that a column is never null, which DuckDB does not make."""
    table = rows.toArrow()
    return pa.Table.from_arrays(table.columns, names=table.column_names)
