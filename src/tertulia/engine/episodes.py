"""What became of every episode, one by one: what readings only count."""

from typing import Any, Final

import pyarrow as pa

from tertulia.engine.backends.contract import Backend, Source
from tertulia.engine.fold import acts_of_ledger, backend_for, constants, talk
from tertulia.engine.kinds import id_types
from tertulia.engine.look import EVER, frames_of, left_out_of
from tertulia.engine.params import DEFAULT, Params
from tertulia.engine.sql import load
from tertulia.engine.table import TOGETHER, Given, ledger_source, names_and_types

# After everything, in µs: the end of a window that has none.
ALWAYS: Final = 2**62


def episodes_of(
    source: Given,
    *,
    at: int | None = None,
    params: Params = DEFAULT,
    chat: bool = False,
    backend: Backend | None = None,
) -> pa.Table:
    """Say what became of each episode: nobody back, one way, both ways, or something came of it.

    Parameters: `source`, a table of acts as `engine.table.table_of` takes it; `at`, µs UTC, what happened up to when
    (None: all); `chat`, whether episodes end after 60 minutes of silence or after 90 days; `backend`, where it is
    computed.

    Returns an Arrow table, a row an episode, ordered by it: episode (int64, the act of its first contribution), space
    (id), became (string: "no_answer", one person alone; "one_way"; "both_ways", two people have addressed each other;
    "came_of_it", a movement by one person names a contribution of another in it). Meetings that two people gave up
    are left out, as in a reading. Raises as `table_of` does. Source: ENGINE.md, section 3.

    How to read it: as one of the counts behind a reading. When not to: as a judgement of a conversation; where the
    source cannot carry movement "came_of_it" cannot be told from the others, and in a chat whom somebody addressed is
    mostly a guess from whose turn it was.
    """
    ledger = ledger_source(source)
    chosen = backend if backend is not None else backend_for(ledger)
    acts = acts_of_ledger(ledger, until=at)
    lives = chosen.run(acts.then(load("lives", {})), {"ledger": ledger}, wanted=["lives"])["lives"]
    spaces: list[Any] = lives.sort_by("space").column("space").to_pylist()
    ids = id_types(names_and_types(ledger), TOGETHER)
    frames = [(frame, space, EVER, ALWAYS) for frame, space in enumerate(spaces)]
    script = acts.then(talk(params, chat=chat))
    for name in ("reading", "became"):
        script = script.then(load(name, constants(params, chat=chat)))
    tables: dict[str, Source] = {
        "ledger": ledger,
        "frames": frames_of(frames, ids["space"]),
        "left_out": left_out_of([], ids["actor"]),
    }
    found = chosen.run(script, tables, wanted=["fates"])["fates"].sort_by("episode")
    numbers: list[Any] = found.column("frame").to_pylist()
    places = pa.array([spaces[number] for number in numbers], ids["space"])
    return pa.table({"episode": found["episode"], "space": places, "became": found["became"]})
