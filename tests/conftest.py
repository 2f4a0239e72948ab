"""The ground of all tests: an own data folder, the database that the environment names, and what is missing said.

The settings are read here, and not by pytest-django, which would read them before the folder and database are known."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest

# Before Django is loaded: tests never touch a person's own site.
os.environ["TERTULIA_HOME"] = tempfile.mkdtemp(prefix="tertulia-test-")
atexit.register(shutil.rmtree, os.environ["TERTULIA_HOME"], ignore_errors=True)
if url := os.environ.get("TERTULIA_TEST_DATABASE_URL"):
    os.environ["TERTULIA_DATABASE_URL"] = url
os.environ["DJANGO_SETTINGS_MODULE"] = "tertulia.config.settings"
django.setup()
# The workers of pytest-xdist inherit what is set here. Named, the settings would be read in them before their own data
# folder is known, and two workers would share this one.
del os.environ["DJANGO_SETTINGS_MODULE"]

REQUIRED = {name.strip() for name in os.environ.get("TERTULIA_TEST_REQUIRE", "").split(",") if name.strip()}


def missing(component: str, reason: str) -> None:
    """Skip by name on a bare machine; fail where the component is required (as in .ci/run)."""
    if component in REQUIRED:
        pytest.fail(f"{component} is required here, but {reason}")
    pytest.skip(f"{component}: {reason}")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real histories for tests: TERTULIA_TEST_DATA, or `shared/data` beside the repository."""
    named = os.environ.get("TERTULIA_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parent.parent.parent / "shared" / "data"
    if not folder.is_dir():
        missing("data", f"there is no folder {folder}; name it with TERTULIA_TEST_DATA")
    return folder


@pytest.fixture(autouse=True)
def _plain_static(settings: object) -> None:
    """Pages in tests name static files plainly: nothing is collected for them."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_the_guard() -> Iterator[None]:
    """Tests with real transactions end by emptying the tables, which the ledger refuses: its triggers are lifted for
    just that."""
    from django.db import connection
    from django.test import TransactionTestCase

    from tests.ledger.guard import lifted

    # Private to Django, and the only place where the tables are emptied.
    case: Any = TransactionTestCase
    as_it_was = case._fixture_teardown

    def teardown(self: Any) -> None:
        # TestCase rolls back instead: nothing to lift.
        if hasattr(self, "cls_atomics"):
            as_it_was(self)
            return
        with lifted(connection):
            as_it_was(self)

    case._fixture_teardown = teardown
    yield
    case._fixture_teardown = as_it_was
