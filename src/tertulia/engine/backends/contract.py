"""What a backend must do: one method."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import pyarrow as pa

from tertulia.engine.sql import Script

# A table in memory; or a Parquet file, or a folder of them (also in folders `month=2026-11`), read where it lies.
Source: TypeAlias = pa.Table | Path


class NoBackend(Exception):
    """That engine cannot run here. Says why and what to do, for the person who asked for it."""


class Backend(Protocol):
    """Runs a script of the common SQL subset over named tables.

    `tables` are the script's inputs by name; `wanted` names the steps whose rows come back, as Arrow tables in no
    particular order of rows. The same script over the same tables gives the same rows on every backend, floats to 1e-9.
    """

    def run(
        self, script: Script, tables: Mapping[str, Source], *, wanted: Sequence[str]
    ) -> dict[str, pa.Table]: ...
