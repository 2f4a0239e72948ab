"""Whom a person might meet: what it takes to say it to one person, in a network that is built and kept."""

import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.engine.apart import spent
from bench.engine.folds import MEMORY_MB, last_act
from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.introductions import Network
from tertulia.engine.network import published_of
from tertulia.engine.ties import ties_of

ASKED: Final = 2_000
SEED: Final = 1


def introductions(acts: str) -> dict[str, Any]:
    """Milliseconds of CPU for each of so many people drawn from all who have a tie."""
    path, backend = Path(acts), DuckDB(memory_mb=MEMORY_MB)
    at = last_act(path)
    ties = ties_of(path, at=at, backend=backend)
    published = published_of(path, at=at, backend=backend)
    built: list[Network] = []
    build = spent(lambda: built.append(Network.of(ties, published)))
    network = built[0]
    draw = np.random.default_rng(SEED)
    people = draw.choice(np.unique(ties.column("a").to_numpy()), ASKED).tolist()
    taken, found = [], 0
    for person in people:
        began = time.thread_time()
        found += len(network.introductions(person))
        taken.append((time.thread_time() - began) * 1e3)
    p50, p95, p99 = (round(float(value), 4) for value in np.percentile(taken, (50, 95, 99)))
    return {
        "ties": len(ties),
        "published": len(published),
        "build_cpu_s": build["cpu_s"],
        "asked": len(people),
        "found": found,
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
    }
