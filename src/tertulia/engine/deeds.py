"""What came of it: outcomes and movement that name another's contribution, and closed exchanges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tertulia.engine.acts import MOVEMENTS, OUTCOMES, Act
from tertulia.engine.talk import Contribution, MeetingKey, meeting_key


@dataclass(frozen=True, slots=True)
class Deed:
    """An outcome or a movement of `actor` that names the contribution `ref` of another person, `of`."""

    act: int
    t: int
    actor: str
    of: str
    ref: int
    episode: int
    verb: str

    @property
    def is_outcome(self) -> bool:
        return self.verb in OUTCOMES

    @property
    def is_movement(self) -> bool:
        return self.verb in MOVEMENTS

    @property
    def order(self) -> tuple[int, int]:
        return self.t, self.act

    @property
    def meeting(self) -> MeetingKey:
        return meeting_key(self.episode, self.actor, self.of)


def deeds(acts: Sequence[Act], said: Mapping[int, Contribution]) -> list[Deed]:
    """The outcomes and movements that are evidence of something between two people, in (t, act) order.

    An act counts if it names (`ref`) an earlier contribution by another person and is not a guess: what an
    importer inferred never counts. A `revised` names nobody; its `credited` does. `heard` and confirmations
    are neither. Declining with a reason is an outcome, not movement. Source: ENGINE.md, section 3.
    """
    found: list[Deed] = []
    for act in acts:
        if act.verb not in OUTCOMES and act.verb not in MOVEMENTS:
            continue
        named = said.get(act.ref) if act.ref is not None else None
        if named is None or named.actor == act.actor or act.basis == "inferred_turn":
            continue
        if (act.t, act.act) > named.order:
            found.append(Deed(act.act, act.t, act.actor, named.actor, named.act, named.episode, act.verb))
    return found


def closings(between: Sequence[Deed], within_us: int) -> list[int]:
    """When an exchange between two people closed, µs: the movements that closed it.

    `between`: the deeds of one pair in one episode, in order. Closed is an outcome by one that names the
    other's contribution, and movement by the *other*, naming a contribution of the first, after it and
    within `within_us`. That both have spoken to each other is for the caller to know.
    """
    outcomes = [deed for deed in between if deed.is_outcome]
    return [
        movement.t
        for movement in between
        if movement.is_movement
        and any(
            outcome.actor != movement.actor
            and outcome.order < movement.order
            and movement.t - outcome.t <= within_us
            for outcome in outcomes
        )
    ]
