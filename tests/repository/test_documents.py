"""Documents say what is so."""

import re
from dataclasses import fields

from tertulia.config.env import PREFIX, Env
from tests.repository import tree
from tools import command_reference, settings_reference

README = tree.ROOT / "README.md"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", tree.text(tree.ROOT / "Makefile"), re.MULTILINE))


def test_the_page_of_settings_is_the_one_that_the_code_makes() -> None:
    assert tree.text(settings_reference.PAGE) == settings_reference.page(), "run make docs"


def test_the_page_of_commands_is_the_one_that_the_commands_make() -> None:
    assert tree.text(command_reference.PAGE) == command_reference.page(), "run make docs"


def test_every_setting_is_described() -> None:
    page = tree.text(settings_reference.PAGE)

    assert [one.name for one in fields(Env) if f"`{PREFIX}{one.name.upper()}`" not in page] == []
    assert [one.name for one in fields(Env) if not one.metadata["says"].endswith(".")] == []


def test_every_setting_that_is_mentioned_exists() -> None:
    names = {PREFIX + one.name.upper() for one in fields(Env)}
    mentioned = {
        (tree.short(path), name)
        for path in tree.named(".md", ".py", "Makefile", ".sh")
        if not tree.short(path).startswith("tests/")
        for name in re.findall(r"\bTERTULIA_[A-Z][A-Z_]+[A-Z]\b", tree.text(path))
        if not name.startswith("TERTULIA_TEST_")
    }

    assert {(path, name) for path, name in mentioned if name.removesuffix("_FILE") not in names} == set()


def test_every_make_command_of_the_documents_exists() -> None:
    told = {
        (tree.short(path), target)
        for path in tree.named(".md")
        for target in re.findall(r"(?:^|`)make ([a-z]+)", tree.text(path), re.MULTILINE)
    }

    assert {(path, target) for path, target in told if target not in targets()} == set()


def test_the_readme_tells_how_to_begin_and_how_to_test() -> None:
    assert {"make demo", "make test"} <= set(re.findall(r"make [a-z]+", tree.text(README)))


def test_every_make_target_says_what_it_does() -> None:
    makefile = tree.text(tree.ROOT / "Makefile")

    assert {
        target for target in targets() if not re.search(rf"^{target}:.*## \w", makefile, re.MULTILINE)
    } == set()
