"""Track records kept act by act: in memory, and as the statements that keep the same rows in SQLite."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tertulia.engine.acts import Act, Id
from tertulia.engine.entries import KINDS, Entry, changes
from tertulia.engine.params import DEFAULT_TIES, TieParams
from tertulia.engine.tie_rows import DayRow, Tie, TieRow, apply, carried, tie_of


@dataclass
class Ledger:
    """Acts and their track records in memory, kept act by act: the incremental form, for tests and small tables.

    A site keeps the same rows in its database (`SQLITE`) and looks acts up there.
    """

    params: TieParams = DEFAULT_TIES
    rows: dict[tuple[Id, Id], dict[int, DayRow]] = field(default_factory=dict)
    ties: dict[tuple[Id, Id], TieRow] = field(default_factory=dict)
    _acts: dict[int, Act] = field(default_factory=dict)
    _naming: dict[int, list[Act]] = field(default_factory=lambda: defaultdict(list))
    _under: dict[int, list[Act]] = field(default_factory=lambda: defaultdict(list))

    def act(self, number: int) -> Act | None:
        return self._acts.get(number)

    def naming(self, number: int) -> Sequence[Act]:
        return tuple(self._naming.get(number, ()))

    def under(self, number: int) -> Sequence[Act]:
        return tuple(self._under.get(number, ()))

    def add(self, act: Act) -> Counter[Entry]:
        """Fold one act in, whenever it happened; what it changed. An act already folded changes nothing."""
        if act.act in self._acts:
            return Counter()
        self._put(act)
        difference = changes(act, self, _Without(self, act), params=self.params)
        self._enter(difference)
        return difference

    def take_out(self, number: int) -> Counter[Entry]:
        """Take one act out, as if it had never been; what that changed."""
        act = self._acts.get(number)
        if act is None:
            return Counter()
        difference = changes(act, self, _Without(self, act), params=self.params)
        turned = Counter({entry: -times for entry, times in difference.items()})
        del self._acts[number]
        for index, key in ((self._naming, act.ref), (self._under, act.parent)):
            if key is not None:
                index[key].remove(act)
        self._enter(turned)
        return turned

    def unmeasured(self) -> frozenset[Id]:
        """Who does not want to be noted: their last word counts, also for the past."""
        words: dict[Id, tuple[int, int, bool]] = {}
        for act in self._acts.values():
            if act.verb in {"measuring_off", "measuring_on"} and not act.contested:
                said = (act.t, act.act, act.verb == "measuring_off")
                words[act.actor] = max(words.get(act.actor, said), said)
        return frozenset(actor for actor, (_, _, off) in words.items() if off)

    def read(self, *, at: int) -> dict[tuple[Id, Id], Tie]:
        """Every tie at `at` (µs UTC), but of those who do not want to be noted."""
        off = self.unmeasured()
        found = {}
        for pair, days in self.rows.items():
            tie = tie_of(days.values(), at=at, params=self.params) if off.isdisjoint(pair) else None
            if tie is not None:
                found[pair] = tie
        return found

    def _put(self, act: Act) -> None:
        self._acts[act.act] = act
        if act.ref is not None:
            self._naming[act.ref].append(act)
        if act.parent is not None:
            self._under[act.parent].append(act)

    def _enter(self, difference: Mapping[Entry, int]) -> None:
        # What comes first, so that a day never falls below nothing on the way.
        for entry, times in sorted(difference.items(), key=lambda item: -item[1]):
            pair = (entry.a, entry.b)
            days = self.rows.setdefault(pair, {})
            before = days.get(entry.day)
            after = apply(before, entry, times=times)
            tie = self.ties.get(pair, TieRow(*pair))
            self.ties[pair] = carried(tie, before, after, params=self.params)
            if after is None:
                del days[entry.day]
            else:
                days[entry.day] = after
            if not days:
                del self.rows[pair], self.ties[pair]


@dataclass(frozen=True, slots=True)
class _Without:
    """A ledger as if one act were not in it."""

    ledger: Ledger
    gone: Act

    def act(self, number: int) -> Act | None:
        return None if number == self.gone.act else self.ledger.act(number)

    def naming(self, number: int) -> Sequence[Act]:
        return tuple(one for one in self.ledger.naming(number) if one.act != self.gone.act)

    def under(self, number: int) -> Sequence[Act]:
        return tuple(one for one in self.ledger.under(number) if one.act != self.gone.act)


_COUNTS: Final = ", ".join(f"{kind} INTEGER NOT NULL DEFAULT 0" for kind in KINDS)
_PAIR: Final = "a TEXT NOT NULL, b TEXT NOT NULL"
TABLES: Final = (
    "CREATE TABLE folded (act INTEGER PRIMARY KEY)",
    f"CREATE TABLE tie_days ({_PAIR}, day INTEGER NOT NULL, {_COUNTS}, PRIMARY KEY (a, b, day)) WITHOUT ROWID",
    f"CREATE TABLE ties ({_PAIR}, r REAL NOT NULL, s REAL NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID",
)
# An act that is there already changes no row, and nothing more is to be done.
FOLD: Final = "INSERT INTO folded (act) VALUES (?) ON CONFLICT DO NOTHING"
ADD_TO_DAY: Final = {
    kind: f"INSERT INTO tie_days (a, b, day, {kind}) VALUES (?, ?, ?, ?) "  # noqa: S608 - the kinds are ours
    f"ON CONFLICT (a, b, day) DO UPDATE SET {kind} = {kind} + excluded.{kind} RETURNING {', '.join(KINDS)}"
    for kind in KINDS
}
ADD_TO_TIE: Final = (
    "INSERT INTO ties (a, b, r, s) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (a, b) DO UPDATE SET r = r + excluded.r, s = s + excluded.s"
)
# Erasure: the same rows under the key that stands for nobody. Opting out: none of them, on either side.
RENAME: Final = tuple(
    f"UPDATE {table} SET {side} = ? WHERE {side} = ?"  # noqa: S608 - the names are ours
    for table in ("tie_days", "ties")
    for side in ("a", "b")
)
FORGET: Final = tuple(
    f"DELETE FROM {table} WHERE a = ? OR b = ?"  # noqa: S608 - the names are ours
    for table in ("tie_days", "ties")
)


def tie_change(
    entry: Entry, weights: Sequence[int], *, params: TieParams = DEFAULT_TIES
) -> tuple[float, float]:
    """What `ADD_TO_TIE` adds to r and s when `ADD_TO_DAY` returned these weights after adding this entry."""
    after = DayRow(entry.a, entry.b, entry.day, tuple(weights))
    change = carried(TieRow(entry.a, entry.b), apply(after, entry, times=-1), after, params=params)
    return change.r, change.s
