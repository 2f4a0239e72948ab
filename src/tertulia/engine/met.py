"""The meetings of a look: who they were between, what was said and done in each, and how they are shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.look import Look, MeetingKey
from tertulia.engine.records import MeetingRead


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in one meeting: (t, act) of its acts, in order."""

    order: tuple[tuple[int, int], ...]

    @property
    def acts(self) -> tuple[int, ...]:
        return tuple(act for _, act in self.order)


def meeting_key(episode: int, actor: Any, other: Any) -> MeetingKey:
    """The meeting of two people in an episode, whoever of them acts."""
    return (episode, actor, other) if actor < other else (episode, other, actor)


def keys_of(table: pa.Table) -> list[MeetingKey]:
    """The meetings of the rows of a step with episode, one and other."""
    columns = (table.column(name).to_pylist() for name in ("episode", "one", "other"))
    return list(zip(*columns, strict=True))


def held_by(look: Look, keys: Collection[MeetingKey]) -> dict[MeetingKey, Held]:
    """The acts of these meetings: what the two said to each other there, and what came of it."""
    wanted = set(keys)
    episodes = pa.array(sorted({key[0] for key in wanted}), pa.int64())
    found: dict[MeetingKey, list[tuple[int, int]]] = {key: [] for key in wanted}
    for step, other in (("placed", "addressee"), ("deeds", "author")):
        rows = look.steps[step]
        rows = rows.filter(pc.is_in(rows.column("episode"), episodes))
        for row in rows.select(["act", "t", "actor", "episode", other]).to_pylist():
            key = meeting_key(row["episode"], row["actor"], row[other]) if row[other] is not None else None
            if key in wanted and key is not None:
                found[key].append((row["t"], row["act"]))
    return {key: Held(tuple(sorted(order))) for key, order in found.items()}


def shown(
    look: Look, keys: Collection[MeetingKey], influences: Mapping[MeetingKey, float] | None = None
) -> tuple[MeetingRead, ...]:
    """These meetings as they go into a reading, in the order given; with their influence, if it was counted."""
    held = held_by(look, keys)
    met = look.steps["met"]
    both = {
        key: bool(flag) for key, flag in zip(keys_of(met), met.column("both_ways").to_pylist(), strict=True)
    }
    closed = set(keys_of(look.steps["closed"]))
    thread_of: dict[int, Any] = {
        row["episode"]: row["thread"]
        for row in look.steps["episodes"].select(["episode", "thread"]).to_pylist()
    }
    return tuple(
        MeetingRead(
            thread=thread_of[key[0]],
            episode=key[0],
            people=key[1:],
            acts=held[key].acts,
            begins=held[key].order[0][0],
            ends=held[key].order[-1][0],
            both_ways=both[key],
            closed=key in closed,
            influence=influences[key] if influences is not None else None,
            exact=influences is not None,
        )
        for key in keys
    )


def all_shown(look: Look) -> tuple[MeetingRead, ...]:
    """All meetings of the window, in the order of their first acts."""
    keys = keys_of(look.steps["met"])
    held = held_by(look, keys)
    return shown(look, sorted(keys, key=lambda key: (held[key].order[0], key)))
