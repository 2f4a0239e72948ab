"""The tutorial notebook runs from its first cell to its last, and says what its text says."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.repository import tree

NOTEBOOK = tree.ROOT / "docs" / "tutorial" / "read-a-history.ipynb"


def test_the_notebook_is_kept_without_what_it_prints() -> None:
    cells = nbformat.read(NOTEBOOK, as_version=4).cells  # type: ignore[no-untyped-call]

    assert [
        cell for cell in cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)
    ] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_notebook_runs_and_tells_the_two_places_apart(tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]

    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()

    printed = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", ()))
    assert "Kitchen: conversing" in printed
    assert "Board: broadcasting" in printed
    assert "too_early" in printed
