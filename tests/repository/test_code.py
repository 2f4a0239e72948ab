"""The house's own rules, where no linter knows them."""

import ast
import re
from pathlib import Path

from tests.repository import tree

FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 300, 400, 40, 120

# What is longer, each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {
    "tests/web/quiet_place.py:quiet_place": "one thing of every kind, in the order in which they come to be",
    "tests/ideas/test_writing_and_replying.py:"
    "test_an_idea_is_its_first_version_its_words_for_the_search_and_one_act": "one write, and all that it leaves",
}

# Put together, so that this file does not hold what it looks for.
LOCAL = re.compile(
    "|".join(
        [
            "/wo" + "rk/",
            "/fa" + "rm/",
            "/ro" + "ot/",
            "/home/" + r"\w+",
            "python" + "hosted",
            "registry" + r"\.npm",
            "deb" + r"\.debian",
        ]
    )
)
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
VENDORED = "/static/vendor/"


def python() -> list[Path]:
    return [path for path in tree.named(".py") if "/migrations/" not in tree.short(path)]


def is_test(path: Path) -> bool:
    return tree.short(path).startswith("tests/")


def lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Without the docstring, which the engine's rules ask to be long."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) and first.end_lineno:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def test_files_have_a_length_that_one_reads_at_once() -> None:
    over = {
        tree.short(path): lines
        for path in python()
        if (lines := tree.text(path).count("\n")) > (TEST_FILE_LINES if is_test(path) else FILE_LINES)
    }

    assert {name: lines for name, lines in over.items() if name not in LONG_FILES} == {}
    assert set(LONG_FILES) <= set(over), "an exception that is no longer needed"


def test_functions_have_a_length_that_one_reads_at_once() -> None:
    over = {
        f"{tree.short(path)}:{function.name}": length
        for path in python()
        for function in tree.functions(path)
        if (length := lines_of_code(function)) > FUNCTION_LINES
    }

    assert {name: lines for name, lines in over.items() if name not in LONG_FUNCTIONS} == {}
    assert set(LONG_FUNCTIONS) <= set(over), "an exception that is no longer needed"


def test_templates_have_a_length_that_one_reads_at_once() -> None:
    lines = {
        tree.short(path): tree.text(path).count("\n") for path in tree.named(".html") if not is_test(path)
    }

    assert {name: count for name, count in lines.items() if count > TEMPLATE_LINES} == {}


def test_folds_have_a_length_that_one_reads_at_once() -> None:
    lines = {tree.short(path): tree.text(path).count("\n") for path in tree.named(".sql")}

    assert lines
    assert {name: count for name, count in lines.items() if count > FILE_LINES} == {}


def test_no_file_names_a_place_of_somebodys_machine() -> None:
    found = {tree.short(path) for path in tree.files() if LOCAL.search(tree.text(path))}

    assert found == set()


def test_nothing_is_left_unfinished() -> None:
    found = {
        tree.short(path)
        for path in tree.named(".py", ".html", ".js", ".css", ".sh", ".md", ".toml", "Makefile")
        if VENDORED not in tree.short(path) and UNFINISHED.search(tree.text(path))
    }

    assert found == set()


def test_no_template_has_a_script_or_a_style_inline() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:", re.IGNORECASE)
    found = {
        f"{tree.short(path)}: {match[0].strip()}"
        for path in tree.named(".html", ".svg")
        if "/templates/" in tree.short(path)
        for match in inline.finditer(tree.text(path))
    }

    assert found == set()


def test_modules_are_not_named_after_nothing() -> None:
    empty = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common", "base"}

    # Django looks for a kind of database under that name and no other.
    asked_for = {"src/tertulia/config/postgresql/base.py"}
    assert {tree.short(path) for path in python() if path.stem in empty} == asked_for


def test_a_test_asserts_something() -> None:
    says = re.compile(r"assert|raises|expect|check|warns")
    silent = {
        f"{tree.short(path)}:{function.name}"
        for path in python()
        if is_test(path)
        for function in tree.functions(path)
        if function.name.startswith("test_")
        and not any(
            isinstance(node, ast.Assert)
            or (isinstance(node, ast.Call) and says.search(ast.unparse(node.func)))
            for node in ast.walk(function)
        )
    }

    assert silent == set()


def test_there_are_no_signal_receivers_and_no_admin() -> None:
    forbidden = re.compile(r"@receiver\b|django\.dispatch|db\.models\.signals|contrib\.admin\b")
    found = {tree.short(path) for path in python() if not is_test(path) and forbidden.search(tree.text(path))}

    assert found == set()


def test_nobody_reaches_the_table_of_another_room_by_the_kind_of_what_they_hold() -> None:
    """The contracts look at imports alone. Where a kind is passed along, `_meta.model` would do the same."""
    by_the_back_door = re.compile(r"type\(\w+\)\.objects|__class__\.objects|_meta\.model\b|get_user_model\(")
    found = {
        tree.short(path)
        for path in python()
        if not is_test(path) and by_the_back_door.search(tree.text(path))
    }

    assert found == set()
