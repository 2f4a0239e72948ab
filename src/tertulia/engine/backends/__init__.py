"""Where the folds run: one contract, DuckDB in process, Spark on a cluster."""

from dataclasses import replace
from importlib.util import find_spec
from typing import Final

from tertulia.engine.backends.contract import Backend, NoBackend

__all__ = ["NAMES", "Backend", "NoBackend", "backend_named"]

NAMES: Final = ("duckdb", "spark")


def backend_named(name: str, *, master: str | None = None, memory_mb: int | None = None) -> Backend:
    """The engine of that name, ready to run; `master` says where Spark runs (None: on all cores of this machine).

    `memory_mb`: beyond it, a fold works on the disk (None: as each engine thinks fit). Raises NoBackend, with what to
    do, at a name that is none of NAMES, at a `master` that DuckDB has no use for, and where the extra `spark` is not
    installed.
    """
    # Each is loaded when it is asked for: Spark is an extra.
    if name == "duckdb":
        if master is not None:
            raise NoBackend("DuckDB runs in this process and knows no master; say --engine spark with it.")
        from tertulia.engine.backends.duckdb import DuckDB  # noqa: PLC0415

        return DuckDB(memory_mb=memory_mb)
    if name == "spark":
        if find_spec("pyspark") is None or find_spec("sqlglot") is None:
            raise NoBackend("Spark is not installed here. It comes with: pip install 'tertulia[spark]'")
        from tertulia.engine.backends.spark import Spark  # noqa: PLC0415

        spark = Spark(master=master or "local[*]")
        return spark if memory_mb is None else replace(spark, memory_mb=memory_mb)
    raise NoBackend(f"There is no engine called {name}; there are {' and '.join(NAMES)}.")
