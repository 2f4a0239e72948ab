"""`python -m bench.inside fill|enter|keep|profile …`; the answer is one line of JSON."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from bench.corpus import corpus
from bench.inside import enter, fill, profiling


def profile(page: str, target: str) -> int:
    return profiling.profile(json.loads(page), Path(target))


COMMANDS: dict[str, Callable[..., object]] = {
    "fill": lambda: fill.fill(corpus()),
    "enter": enter.enter,
    "keep": fill.keeper,
    "profile": profile,
}

if __name__ == "__main__":
    said = COMMANDS[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(json.dumps(said, default=str) + "\n")
