"""On which backends the spec tables are run: the rules of a reading are the same on all of them."""

import pytest

from tertulia.engine.backends.contract import Backend
from tertulia.engine.backends.duckdb import DuckDB
from tests.engine.tables import Table


@pytest.fixture(params=["duckdb"], autouse=True)
def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Backend:
    """The backend of this run; the tables of a test are read on it."""
    found: Backend = {"duckdb": DuckDB(threads=1)}[request.param]
    monkeypatch.setattr(Table, "backend", found)
    return found
