"""What all tests of pages need."""

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def _a_folder_for_static_files() -> None:
    """Nothing is collected for tests; whitenoise warns where there is not even a folder."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_the_test_before() -> None:
    """A rolled back test gives its ids to the next."""
    from tertulia.web.idea_shared import KEPT

    KEPT.clear()


@pytest.fixture(autouse=True)
def _limits_begin_anew() -> None:
    """How often somebody may ask for a code is counted in a memory that outlives a test."""
    from django.core.cache import cache

    cache.clear()
