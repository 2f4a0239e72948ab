"""What is installed, how, and why."""

import re
import stat
import tomllib
from typing import Any

import pytest

from tertulia.config import settings
from tests.repository import tree

PYPROJECT = tree.ROOT / "pyproject.toml"
LISTS = sorted(tree.ROOT.glob("requirements*.txt")) + sorted((tree.ROOT / "tools").glob("requirements*.txt"))


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(tree.text(PYPROJECT))["project"]
    return table


def wanted(requirement: str) -> str:
    """The name a requirement begins with, as lists of requirements write it."""
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


def listed(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9._-]+)==", tree.text(tree.ROOT / name), re.MULTILINE))


def test_every_dependency_says_why_it_is_there() -> None:
    lines = [line.strip() for line in tree.text(PYPROJECT).partition("[dependency-groups]")[0].splitlines()]
    needs = [
        *project()["dependencies"],
        *(one for extra in project()["optional-dependencies"].values() for one in extra),
    ]
    unexplained = []
    for need in needs:
        at = next(number for number, line in enumerate(lines) if f'"{need}"' in line)
        # Two lines may share a reason: the Tasks API and its queue.
        above = next(
            line for line in reversed(lines[:at]) if not line.startswith('"') or line.startswith("#")
        )
        if not above.startswith("#"):
            unexplained.append(need)

    assert unexplained == []


@pytest.mark.parametrize("path", LISTS, ids=tree.short)
def test_every_listed_package_is_pinned_and_hashed(path: Any) -> None:
    packages = re.split(r"\n(?=\S)", tree.text(path).strip())

    assert packages
    assert [one for one in packages if "==" not in one or "--hash=sha256:" not in one] == []


@pytest.mark.parametrize("path", LISTS, ids=tree.short)
def test_no_list_names_the_place_it_came_from(path: Any) -> None:
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links", tree.text(path))


def test_what_is_served_is_listed() -> None:
    needs = {wanted(one) for one in project()["dependencies"]}

    assert needs <= listed("requirements.txt")


def test_the_demo_installs_no_development_tools() -> None:
    tools = {"pytest", "mypy", "ruff", "playwright", "hypothesis", "djlint", "import-linter", "codespell"}

    assert not tools & listed("requirements.txt")
    assert tools <= listed("requirements-dev.txt")


def test_tests_run_on_the_versions_that_are_served() -> None:
    pins = re.compile(r"^([a-z0-9._-]+==\S+)", re.MULTILINE)
    served, tested = (
        set(pins.findall(tree.text(tree.ROOT / name)))
        for name in ("requirements.txt", "requirements-dev.txt")
    )

    assert served <= tested


def test_the_licence_is_apache_2() -> None:
    assert project()["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in tree.text(tree.ROOT / "LICENSE")


def test_the_release_is_the_one_of_the_project() -> None:
    assert project()["version"] == settings.RELEASE


def test_what_the_machine_runs_can_be_run() -> None:
    assert (tree.ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR
