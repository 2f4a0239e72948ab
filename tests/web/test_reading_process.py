"""What the process that serves pages carries in its memory."""

import os
import subprocess
import sys
from pathlib import Path

MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tertulia.readings import tasks
from tests.readings.places import kettle, round_table, table
space = table()
round_table(space)
kettle(space)
tasks.compute_now(space.pk)
"""

LOOK = """
import sys
import django; django.setup()
from django.conf import settings
settings.STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
from django.test import Client
pages = [Client(HTTP_HOST="localhost").get(path) for path in ("/s/bread/reading?window=all", "/how-it-is-counted")]
assert [page.status_code for page in pages] == [200, 200], pages
assert "People here talk with each other" in pages[0].content.decode()
print(sorted(name for name in ("scipy", "tertulia.engine.reading") if name in sys.modules))
"""


def run(code: str, home: Path) -> str:
    here = Path(__file__).parents[2]
    wanted = {"TERTULIA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tertulia.config.settings"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TERTULIA_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, **wanted},
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_page_is_rendered_without_scipy(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    run(MAKE, home)

    assert run(LOOK, home) == "[]"
