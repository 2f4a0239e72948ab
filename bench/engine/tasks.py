"""`python -m bench.engine.tasks NAME '{…}'`: one measurement, printed as JSON. Called by `apart`."""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

# Loaded only when it is asked for: what the others load is not this one's memory.
TASKS: Final = {
    "write": ("made", "write"),
    "floor": ("folds", "floor"),
    "check": ("folds", "check"),
    "ties": ("folds", "ties"),
    "readings": ("folds", "readings"),
    "text": ("texts", "text_stage"),
    "one_space": ("texts", "one_space"),
    "tie_rows": ("record", "into_tie_rows"),
    "whole_fold": ("record", "whole_fold"),
    "introductions": ("meeting", "introductions"),
    "graph": ("peers", "of_graph"),
    "conversations": ("peers", "of_conversations"),
}


def task(name: str) -> Callable[..., dict[str, Any]]:
    module, function = TASKS[name]
    found: Callable[..., dict[str, Any]] = getattr(import_module(f"bench.engine.{module}"), function)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(task(sys.argv[1])(**json.loads(sys.argv[2]))))
