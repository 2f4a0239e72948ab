"""The same questions asked of libraries that others use: the graph of ties, and what conversation looks like.

networkx and igraph are the group `peers` of pyproject.toml. ConvoKit brings a deep-learning library and some 6 GB, so
it is measured where a Python that has it is named (`--convokit`).
"""

import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt

from bench.engine.apart import ROOT, spent

BESIDE: Final = Path(__file__).parent / "convokit_beside.py"
Pairs = npt.NDArray[np.int64]


def of_graph(library: str, pairs: str) -> dict[str, Any]:
    """Build the directed graph of everybody's ties, and the share of ties that go both ways."""
    edges = np.load(pairs)
    parts = {"duckdb": _duckdb, "networkx": _networkx, "igraph": _igraph}[library](edges)
    graph: list[Any] = []
    build = spent(lambda: graph.append(parts[0]()))
    found: list[float] = []
    reciprocity = spent(lambda: found.append(parts[1](graph[0])))
    return {
        "build_cpu_s": build["cpu_s"],
        "reciprocity_cpu_s": reciprocity["cpu_s"],
        "cpu_s": round(build["cpu_s"] + reciprocity["cpu_s"], 4),
        "ties": len(edges),
        "reciprocity": round(found[0], 6),
    }


def _duckdb(edges: Pairs) -> tuple[Any, Any]:
    import pyarrow as pa  # noqa: PLC0415 - so that no peer carries what another loads

    db = duckdb.connect()

    def build() -> duckdb.DuckDBPyConnection:
        db.register("given", pa.table({"a": edges[:, 0], "b": edges[:, 1]}))
        db.execute("CREATE TABLE ties AS SELECT a, b FROM given")
        return db

    def reciprocity(made: duckdb.DuckDBPyConnection) -> float:
        back = "SELECT COUNT(*) FROM ties AS x JOIN ties AS y ON x.a = y.b AND x.b = y.a"
        return float(made.execute(back).fetchall()[0][0]) / len(edges)

    return build, reciprocity


def _networkx(edges: Pairs) -> tuple[Any, Any]:
    networkx = import_module("networkx")

    def build() -> Any:
        graph = networkx.DiGraph()
        graph.add_edges_from(edges.tolist())
        return graph

    return build, networkx.overall_reciprocity


def _igraph(edges: Pairs) -> tuple[Any, Any]:
    igraph = import_module("igraph")

    def build() -> Any:
        _people, places = np.unique(edges, return_inverse=True)
        return igraph.Graph(edges=places.reshape(edges.shape), directed=True)

    return build, lambda graph: graph.reciprocity()


def of_conversations(python: str, acts: str) -> dict[str, Any]:
    """ConvoKit's features of conversations' structure (Zhang et al. 2018), by another Python that has it."""
    import json  # noqa: PLC0415 - only here

    said = subprocess.run(  # noqa: S603 - the Python that was named
        [python, str(BESIDE), acts], cwd=ROOT, stdout=subprocess.PIPE, check=True
    ).stdout
    return dict(json.loads(said.splitlines()[-1]))
