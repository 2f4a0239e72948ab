"""The data folder: private, never shared by demo and site, with a secret made once."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from tertulia.config import home
from tertulia.config.env import Env, read_env


def env_in(folder: Path, *, demo: bool = False) -> Env:
    return read_env({"TERTULIA_HOME": str(folder), "TERTULIA_DEMO": "yes" if demo else "no"})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    home.prepare(env_in(tmp_path / "new" / "home"))

    assert mode(tmp_path / "new" / "home") == 0o700


def test_a_site_comes_back_to_its_folder(tmp_path: Path) -> None:
    home.prepare(env_in(tmp_path / "home"))
    (tmp_path / "home" / "tertulia.sqlite3").touch()

    home.prepare(env_in(tmp_path / "home"))

    assert (tmp_path / "home" / home.MARKER).read_text() == "site\n"


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
def test_demo_and_site_never_share_a_folder(tmp_path: Path, first: bool, second: bool) -> None:
    home.prepare(env_in(tmp_path / "home", demo=first))

    with pytest.raises(home.HomeRefused, match="They never share a folder"):
        home.prepare(env_in(tmp_path / "home", demo=second))


def test_a_folder_with_other_things_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").touch()

    with pytest.raises(home.HomeRefused, match="not empty"):
        home.prepare(env_in(tmp_path))


def test_a_folder_that_cannot_be_made_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(home.HomeRefused, match="Not a directory"):
        home.prepare(env_in(tmp_path / "file" / "home"))


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    env = env_in(tmp_path / "home")

    first, second = home.secret_key(env), home.secret_key(env)

    assert first == second
    assert len(first) >= 50
    assert mode(tmp_path / "home" / home.SECRET) == 0o600


def test_processes_that_start_together_agree_on_the_secret(tmp_path: Path) -> None:
    env = env_in(tmp_path / "home")

    with ThreadPoolExecutor(8) as threads:
        secrets = set(threads.map(lambda _: home.secret_key(env), range(8)))

    assert len(secrets) == 1
    assert [path.name for path in (tmp_path / "home").iterdir()] == [home.SECRET]


def test_the_environments_secret_leaves_no_file(tmp_path: Path) -> None:
    given = "0123456789" * 6
    env = read_env({"TERTULIA_HOME": str(tmp_path / "home"), "TERTULIA_SECRET_KEY": given})

    assert home.secret_key(env) == given
    assert not (tmp_path / "home").exists()


def test_each_process_of_the_tests_has_a_folder_of_its_own() -> None:
    assert str(settings.ENV.home) == os.environ["TERTULIA_HOME"]
