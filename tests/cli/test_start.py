"""What is refused before anything starts, in sentences; and what the command line does not load."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.processes import TERTULIA, clean_environ, free_port


def tertulia(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*TERTULIA, *arguments], env=clean_environ(**environ), capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", ["serve", "demo", "worker", "django"])
def test_bad_settings_are_refused_by_name(tmp_path: Path, command: str) -> None:
    done = tertulia(command, TERTULIA_HOME=str(tmp_path / "home"), TERTULIA_PROT="1", TERTULIA_PAGES="many")

    assert done.returncode == 2
    assert "TERTULIA_PROT is not a setting of Tertulia. Did you mean TERTULIA_PORT?" in done.stderr
    assert "TERTULIA_PAGES must be a whole number" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(("first", "second"), [("site", "demo"), ("demo", "serve")])
def test_a_folder_of_the_other_kind_is_refused(tmp_path: Path, first: str, second: str) -> None:
    (tmp_path / "kind").write_text(first + "\n")

    done = tertulia(second, TERTULIA_HOME=str(tmp_path))

    assert done.returncode == 2
    assert "They never share a folder" in done.stderr


def test_a_fresh_demo_never_empties_a_sites_folder(tmp_path: Path) -> None:
    (tmp_path / "kind").write_text("site\n")
    (tmp_path / "tertulia.sqlite3").write_text("a year of ideas")

    done = tertulia("demo", "--fresh", TERTULIA_HOME=str(tmp_path))

    assert done.returncode == 2
    assert (tmp_path / "tertulia.sqlite3").read_text() == "a year of ideas"


def test_a_port_in_use_is_said_with_another_one(tmp_path: Path) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()

        done = tertulia("serve", TERTULIA_HOME=str(tmp_path / "home"), TERTULIA_PORT=str(port))

    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert f"make serve PORT={port + 1}, or TERTULIA_PORT={port + 1}" in done.stderr


def test_help_loads_neither_django_nor_scipy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from tertulia.cli.main import app; "
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0; "
        "print([name for name in ('django', 'scipy', 'rich', 'tertulia.config') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_the_supervisor_never_loads_django_or_scipy() -> None:
    code = (
        "import sys, tertulia.cli.site; print([name for name in ('django', 'scipy') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_management_commands_keep_their_own_options(tmp_path: Path) -> None:
    done = tertulia("django", "migrate", "--help", TERTULIA_HOME=str(tmp_path / "home"))

    assert done.returncode == 0
    assert "usage: tertulia django migrate" in done.stdout
