"""On which backends the spec tables are run: the rules of a reading are the same on all of them."""

import pytest

from tertulia.engine.backends.contract import Backend
from tertulia.engine.backends.duckdb import DuckDB


@pytest.fixture(params=["duckdb"])
def backend(request: pytest.FixtureRequest) -> Backend:
    return {"duckdb": DuckDB(threads=1)}[request.param]
