"""`tertulia import` as people run it: what it says, how it ends, and what a kill leaves."""

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.processes import TERTULIA, clean_environ, eventually
from tests.history.dump import a_dump, changed_dump

pytestmark = pytest.mark.slow

MAKE_KEEPER = "from tertulia.people.actions import add_person; add_person(name='Vera', keeps_site=True)"
# Pages, search and lists begin with these two queries; the frame is what readings begin with.
LOOK = """
import json
from tertulia.ideas.queries import ideas_visible_to, replies_visible_to
from tertulia.ledger.frame import acts_of_space
from tertulia.people.queries import site_keepers
from tertulia.spaces.models import Space
from tertulia.spaces.queries import spaces_visible_to
vera = site_keepers().get()
talk = [act for space in Space.objects.all() for act in acts_of_space(space.pk) if act.verb == "posted"]
print(json.dumps([ideas_visible_to(vera).count(), replies_visible_to(vera).count(),
    spaces_visible_to(vera).count(), len(talk)]))
"""
TABLES = ("ideas_idea", "ideas_reply", "ideas_version", "ideas_link", "ideas_searchable", "history_staged",
          "history_sourceid", "spaces_space")  # fmt: skip


class Site:
    """A data folder with a keeper, and the commands on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environ = clean_environ(TERTULIA_HOME=str(home))

    def run(self, *words: str | Path, check: bool = True) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [*TERTULIA, *map(str, words)], env=self.environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or not check, done.stderr
        return done

    def begin(self, *words: str | Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*TERTULIA, *map(str, words)], env=self.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip

    def shell(self, program: str) -> str:
        return self.run("django", "shell", "--no-imports", "-c", program).stdout.strip()

    def seen(self) -> list[int]:
        """Ideas, replies and spaces that the keeper sees, and ideas in frames."""
        found: list[int] = json.loads(self.shell(LOOK))
        return found

    def rows(self, sql: str) -> int:
        database = next(self.home.glob("*.sqlite3"))
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            count: int = connection.execute(sql).fetchone()[0]
            return count

    def tables(self) -> dict[str, int]:
        # Names of tables, from above.
        return {table: self.rows(f"SELECT COUNT(*) FROM {table}") for table in TABLES}  # noqa: S608


@pytest.fixture(scope="module")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kept")
    site = Site(home)
    site.run("prepare")
    site.shell(MAKE_KEEPER)
    return home


@pytest.fixture
def site(_kept: Path, tmp_path: Path) -> Site:
    return Site(Path(shutil.copytree(_kept, tmp_path / "home")))


@pytest.fixture(scope="module")
def _brought(_kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brought")
    site = Site(Path(shutil.copytree(_kept, folder / "home")))
    site.run("import", a_dump(folder / "kitchens"), "--space", "Kitchens")
    return site.home


@pytest.fixture
def brought(_brought: Path, tmp_path: Path) -> Site:
    """To which the dump was brought."""
    return Site(Path(shutil.copytree(_brought, tmp_path / "brought")))


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return a_dump(tmp_path / "kitchens")


def test_the_report_as_json_has_its_keys_and_bringing_twice_says_so(site: Site, dump: Path) -> None:
    first = json.loads(site.run("import", dump, "--space", "Kitchens", "--json").stdout)
    second = json.loads(site.run("import", dump, "--space", "Kitchens", "--json").stdout)
    told = site.run("import", dump, "--space", "Kitchens").stdout

    assert list(first) == [
        "people", "ideas", "answers", "comments", "revisions_own", "revisions_others", "accepted", "links",
        "guessed", "left_out", "import", "new",
    ]  # fmt: skip
    assert (first["ideas"], first["answers"], first["comments"], first["import"]) == (1, 2, 3, 1)
    assert first["new"] > 0
    assert second["new"] == 0
    assert "nothing was written twice" in told
    assert site.seen() == [1, 5, 1, 1]


def test_rows_that_changed_are_told_in_the_report(brought: Site, tmp_path: Path) -> None:
    changed = changed_dump(tmp_path / "changed")

    counted = json.loads(brought.run("import", changed, "--space", "Kitchens", "--json").stdout)
    told = brought.run("import", changed, "--space", "Kitchens").stdout

    reason = "rows that are here already and say something else now (what was brought first stays)"
    assert counted["left_out"][reason] == 2
    assert f"2 {reason}" in " ".join(told.split())
    assert "Nothing in it is new, and what differs from what is here was left as it is." in told


def test_undo_says_what_went_and_asks_before_what_people_here_wrote_goes(brought: Site) -> None:
    brought.shell(
        "from tertulia.ideas import actions; from tertulia.people.queries import site_keepers;"
        "actions.reply(by=site_keepers().get(), idea_id=1, text='Mine too.')"
    )

    asked = brought.run("import", "--undo", "1", check=False)
    assert asked.returncode == 1
    assert "added 1 reply, 0 confirmations and 0 credits" in asked.stderr
    assert "Vera: " in asked.stdout
    assert "--yes" in asked.stderr
    assert brought.seen() == [1, 6, 1, 1]

    done = brought.run("import", "--undo", "1", "--yes")
    assert "was taken back" in done.stdout
    assert brought.seen() == [0, 0, 0, 0]
    again = brought.run("import", "--undo", "1", check=False)
    assert (again.returncode, "already" in again.stderr) == (1, True)


def test_what_was_brought_is_listed_with_its_number(site: Site, brought: Site) -> None:
    assert "Nothing was brought yet." in site.run("import", "--list").stdout
    assert "kitchens  Kitchens" in " ".join(brought.run("import", "--list").stdout.split("\n")[1:])
    brought.run("import", "--undo", "1")

    assert "taken back" in brought.run("import", "--list").stdout


def test_a_first_look_needs_no_keeper_and_leaves_nobody(tmp_path: Path, dump: Path) -> None:
    site = Site(tmp_path / "fresh")

    told = site.run("import", dump, "--dry-run").stdout

    assert "Nothing was written" in told
    assert site.rows("SELECT COUNT(*) FROM people_person") == 0
    assert site.rows("SELECT COUNT(*) FROM history_import") == 0


def test_a_command_leaves_the_link_for_the_keeper_as_it_was_said(tmp_path: Path, dump: Path) -> None:
    """`tertulia serve` has printed it, and would not know of another one."""
    site = Site(tmp_path / "fresh")
    link = site.run("prepare", "--link").stdout
    told = site.rows("SELECT MAX(id) FROM people_keeperlink")

    site.run("import", dump, "--dry-run")
    site.run("import", "--list")

    assert link.startswith("/keeper/")
    assert site.rows("SELECT MAX(id) FROM people_keeperlink") == told


def test_a_dry_run_tells_and_leaves_nothing(site: Site, dump: Path) -> None:
    before = site.tables()

    told = site.run("import", dump, "--dry-run").stdout

    assert "Nothing was written" in told
    assert site.tables() == before
    assert site.rows("SELECT COUNT(*) FROM history_import") == 0


def test_a_dry_run_takes_no_number(site: Site, dump: Path) -> None:
    site.run("import", dump, "--dry-run")

    assert "--undo 1" in site.run("import", dump, "--space", "Kitchens").stdout


@pytest.mark.parametrize("how", ["broken off", "not there", "not a history"])
def test_what_cannot_be_read_ends_with_a_sentence_and_one(site: Site, dump: Path, how: str) -> None:
    posts = dump / "Posts.xml"
    if how == "broken off":
        posts.write_text(posts.read_text()[:-60])
    elif how == "not a history":
        posts = dump / "letter.txt"
        posts.write_text("Dear all,")
    path = {"not there": dump / "nowhere", "not a history": posts}.get(how, dump)
    before = site.tables()

    done = site.run("import", path, "--space", "Kitchens", check=False)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert "nothing was taken" in done.stderr.lower()
    if how == "broken off":
        assert "Posts.xml" in done.stderr
        assert "line" in done.stderr
    assert site.tables() == before


def test_a_kill_midway_leaves_nothing_to_see_and_the_next_import_clears_it(
    site: Site, dump: Path, shared_data: Path
) -> None:
    bicycles = shared_data / "stackexchange" / "bicycles.meta"
    process = site.begin("import", bicycles, "--space", "Bicycles", "--json")
    halfway = eventually(lambda: site.rows("SELECT COUNT(*) FROM ideas_reply") > 500, seconds=120)
    os.kill(process.pid, 9)
    process.wait()

    assert halfway
    assert site.rows("SELECT COUNT(*) FROM history_import WHERE state = 'writing'") == 1
    assert site.seen() == [0, 0, 0, 0]

    site.run("import", dump, "--space", "Kitchens")

    assert site.seen() == [1, 5, 1, 1]
    assert site.rows("SELECT COUNT(*) FROM ideas_idea") == 1
    assert site.rows("SELECT COUNT(*) FROM history_staged") == 0
    assert site.rows("SELECT COUNT(*) FROM spaces_space") == 1
    assert site.rows("SELECT COUNT(*) FROM people_person WHERE import_id IS NOT NULL") == 3
    assert site.rows("SELECT COUNT(*) FROM history_import WHERE state = 'failed'") == 1


def test_without_a_keeper_there_is_nobody_to_bring_it(tmp_path: Path, dump: Path) -> None:
    site = Site(tmp_path / "new")

    done = site.run("import", dump, "--space", "Kitchens", check=False)

    assert done.returncode == 1
    assert "Nobody keeps this site yet" in done.stderr
