"""Claims in tests are of invented rooms: what an interval needs is how it is made, not its third digit."""

from collections.abc import Iterator

import pytest

from validity import claim, conversing

DRAWS = 100
SEEDS = (1, 2)


@pytest.fixture(autouse=True, scope="session")
def _few_draws() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claim, "DRAWS", DRAWS)
        patch.setattr(conversing, "SEEDS", SEEDS)
        yield
