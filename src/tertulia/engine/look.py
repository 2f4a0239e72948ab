"""Looks at spaces: the frames that the scripts read, and one space's look with all that a reading is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.acts import Id
from tertulia.engine.backends.contract import Backend, Source
from tertulia.engine.fold import acts_of_ledger, constants, talk
from tertulia.engine.inputs import Inputs
from tertulia.engine.params import Params
from tertulia.engine.sql import Script, load

# An episode and the two people who met in it, in the order of their ids.
MeetingKey: TypeAlias = tuple[int, Any, Any]

# Before everything, in µs: the start of a window that has none.
EVER: Final = -(2**62)
FOLDED: Final = ("placed", "deeds", "episodes", "meetings", "answerings")
READ: Final = ("people", "met", "opened", "closed", "sums")
INFLUENCE: Final = ("moved",)
DESCRIBED: Final = ("became", "acted", "bases", "alternation", "led", "waiting")


@dataclass(frozen=True, slots=True)
class Look:
    """One space up to `end`, folded once and read in one window (`start` exclusive, None: all its life).

    `steps`: the rows of each step of the scripts by its name; `acts`: the space's acts up to the end.
    """

    acts: pa.Table
    space: Id
    start: int | None
    end: int
    params: Params
    chat: bool
    backend: Backend
    steps: dict[str, pa.Table]

    @property
    def given(self) -> Inputs:
        """What the states of this window are made of."""
        return Inputs.of(self.steps["sums"]).row(0)

    def without(self, left_out: Sequence[Sequence[MeetingKey]]) -> Inputs:
        """The inputs counted anew, a row each time without those meetings: the same script over the same rows."""
        starts = EVER if self.start is None else self.start
        frames = [(number, self.space, starts, self.end) for number in range(len(left_out))]
        rows = [(number, *key) for number, keys in enumerate(left_out) for key in keys]
        tables: dict[str, Source] = {
            "ledger": self.acts,
            "frames": frames_of(frames, _type(self.acts, "space")),
            "left_out": left_out_of(rows, _type(self.acts, "actor")),
            **{name: self.steps[name] for name in FOLDED},
        }
        script = acts_of_ledger(self.acts).then(reading(self.params, chat=self.chat))
        sums = self.backend.run(script, tables, wanted=["sums"])["sums"]
        return Inputs.of(sums.sort_by("frame"))


def look(
    acts: pa.Table, *, space: Id, start: int | None, end: int, params: Params, chat: bool, backend: Backend
) -> Look:
    """Fold one space's acts (settled columns; those up to `end`) and read one window of them."""
    frames = [(0, space, EVER if start is None else start, end)]
    script = acts_of_ledger(acts).then(talk(params, chat=chat)).then(reading(params, chat=chat))
    for name in ("influence", "became", "described"):
        script = script.then(load(name, constants(params, chat=chat)))
    tables: dict[str, Source] = {
        "ledger": acts,
        "frames": frames_of(frames, _type(acts, "space")),
        "left_out": left_out_of([], _type(acts, "actor")),
    }
    steps = backend.run(script, tables, wanted=[*FOLDED, *READ, *INFLUENCE, *DESCRIBED, "gone"])
    return Look(acts, space, start, end, params, chat, backend, steps)


def reading(params: Params, *, chat: bool) -> Script:
    """The scripts reading.sql and sums.sql, from what talk.sql makes, `frames` and `left_out`, to `sums`."""
    filled = constants(params, chat=chat)
    return load("reading", filled).then(load("sums", filled))


def frames_of(rows: Sequence[tuple[int, Id, int, int]], space: pa.DataType) -> pa.Table:
    """The table `frames`: number, space (ids of that type), after which time, up to which, µs."""
    kinds = {"frame": pa.int64(), "space": space, "starts": pa.int64(), "ends": pa.int64()}
    return _table(rows, kinds)


def left_out_of(rows: Sequence[tuple[int, int, Id, Id]], person: pa.DataType) -> pa.Table:
    """The table `left_out`: a frame, and a meeting (of people with ids of that type) that it is read without."""
    return _table(rows, {"frame": pa.int64(), "episode": pa.int64(), "one": person, "other": person})


def _table(rows: Sequence[tuple[Any, ...]], kinds: dict[str, pa.DataType]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table(
        {name: pa.array(values, kind) for (name, kind), values in zip(kinds.items(), columns, strict=True)}
    )


def acts_of(table: pa.Table, *, space: Id) -> pa.Table:
    """One space's rows of a table of acts, in the order of (t, act); none if the space's id is of another kind."""
    kind = table.schema.field("space").type
    if isinstance(space, int) != pa.types.is_integer(kind):
        kind = pa.int64() if isinstance(space, int) else pa.string()
        place = table.schema.get_field_index("space")
        return table.slice(0, 0).set_column(place, "space", pa.array([], kind))
    here = table.filter(pc.equal(table.column("space"), pa.scalar(space, kind)))
    return here.sort_by([("t", "ascending"), ("act", "ascending")])


def _type(acts: pa.Table, column: str) -> pa.DataType:
    found: pa.DataType = acts.schema.field(column).type
    return found
