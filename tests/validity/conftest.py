"""Claims in tests are of invented rooms: what an interval needs is how it is made, not its third digit."""

from collections.abc import Iterator

import pytest

from validity import claim

DRAWS = 100


@pytest.fixture(autouse=True, scope="session")
def _few_draws() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claim, "DRAWS", DRAWS)
        yield
