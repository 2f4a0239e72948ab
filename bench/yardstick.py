"""How fast this machine is at the moment: the CPU milliseconds of a fixed piece of plain Python, on the server's core.

The same machine may take three times as long an hour later. Two days' figures are compared after each is divided by the
yardstick that stands beside it."""

import time

from bench import processes

ROUNDS = 3
# What pages do most: small calls, looking up in dictionaries, putting strings together.
TIMES = 4000


def ms() -> float:
    """The least of a few, so that a passing burden does not count."""
    with processes.on_core(processes.cores()[0]):
        return min(_once() for _ in range(ROUNDS))


def _once() -> float:
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


def work() -> int:
    seen: dict[str, int] = {}
    for number in range(TIMES):
        name = _name(number)
        seen[name] = seen.get(name, 0) + len(name)
    return len(",".join(sorted(seen)))


def _name(number: int) -> str:
    return f"row-{number % 701}".replace("-", "_").upper()
