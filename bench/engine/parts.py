"""What is measured, in which order, and against what."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.engine import goals
from bench.engine.apart import ROOT, Failed, apart
from bench.engine.goals import Row
from bench.engine.made import ledger_of

__all__ = ["PARTS", "ROOT", "ROUNDS", "TITLES", "Setting", "Size"]

ROUNDS: Final = 2
Figures = dict[str, Any]
Measured = tuple[list[Row], Figures]


@dataclass(frozen=True)
class Size:
    ledgers: tuple[int, ...] = (1_000_000, 10_000_000)
    messages: int = 20_000
    ties: int = 1_200_000
    conversations: int = 20_000

    @classmethod
    def small(cls) -> "Size":
        return cls(ledgers=(20_000,), messages=1_000, ties=5_000, conversations=2_000)


@dataclass(frozen=True)
class Setting:
    size: Size
    folder: Path
    convokit: str | None = None

    def ledger(self, acts: int) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return ledger_of(acts, self.folder)

    @property
    def pairs(self) -> Path:
        """The ties of the largest ledger, as two columns of whole numbers."""
        return self.folder / f"pairs-{self.size.ledgers[-1]}.npy"


def least(task: str, **given: object) -> Figures:
    """The round that cost the least CPU: what disturbs a measurement only ever adds."""
    rounds = [apart(task, **given) for _ in range(ROUNDS)]
    return min(rounds, key=lambda one: float(one["cpu_s"]))


def folds(setting: Setting) -> Measured:
    rows, figures = [], {}
    for acts in setting.size.ledgers:
        path = str(setting.ledger(acts))
        floor = least("floor", acts=path)
        found = {"floor": floor, "ties": least("ties", acts=path, pairs=str(setting.pairs))}
        found["readings"] = least("readings", acts=path)
        found["check"] = apart("check", acts=path)
        size = f"{acts / 1e6:g} million acts"
        rows.append(Row(f"{size}: the floor, decode and sort", floor["cpu_s"], "CPU s"))
        rows.append(Row(f"{size}: every row checked, once", found["check"]["cpu_s"], "CPU s"))
        for name, goal in (("ties", goals.TIES), ("readings", goals.READINGS)):
            one = found[name]
            one["floors"] = round(one["cpu_s"] / floor["cpu_s"], 3)
            rows += [
                Row(f"{size}: {name}", one["cpu_s"], "CPU s"),
                Row(f"{size}: {name}, in floors", one["floors"], "×", goal),
                Row(f"{size}: {name}, peak memory", one["peak_mb"], "MB", goals.MEMORY_MB),
            ]
        figures[str(acts)] = found
    return rows, figures


def text(setting: Setting) -> Measured:
    found = least("text", messages=setting.size.messages)
    rows = [
        Row(
            f"text stage, {found['messages']:,} messages, one core", found["per_cpu_s"], "a second",
            goals.MESSAGES_A_SECOND, more_is_better=True,
        )
    ]  # fmt: skip
    kinds = {}
    for name, words, parents in (("chat", 12, False), ("forum", 100, True), ("chat", 100, False)):
        one = least("one_space", messages=setting.size.messages, words=words, parents=parents)
        kinds[f"{name} of {words}"] = one
        rows.append(Row(f"one space, a {name}, {words} words a message", one["per_cpu_s"], "a second"))
    return rows, {**found, "one_space": kinds}


def record(setting: Setting) -> Measured:
    raw = apart("tie_rows", ties=setting.size.ties)
    whole = apart("whole_fold", acts=str(setting.ledger(setting.size.ledgers[0])))
    rows = [
        Row("one act into the tie rows, SQL alone, p50", raw["p50_us"], "µs"),
        Row("one act into the tie rows, SQL alone, p99", raw["p99_us"], "µs", goals.TIE_ROWS_P99_US),
        Row("the whole fold of one act, in memory, p50", whole["p50_us"], "µs"),
        Row("the whole fold of one act, in memory, p99", whole["p99_us"], "µs"),
    ]
    return rows, {"tie_rows": raw, "whole_fold": whole}


def introductions(setting: Setting) -> Measured:
    found = apart("introductions", acts=str(setting.ledger(setting.size.ledgers[-1])))
    name = f"introductions, {found['ties']:,} ties"
    rows = [
        Row(f"{name}, p50", found["p50_ms"], "ms"),
        Row(f"{name}, p95", found["p95_ms"], "ms", goals.INTRODUCTIONS_P95_MS),
    ]
    return rows, found


def peers(setting: Setting) -> Measured:
    if not setting.pairs.exists():
        apart("ties", acts=str(setting.ledger(setting.size.ledgers[-1])), pairs=str(setting.pairs))
    rows, figures = [], {}
    for library in ("duckdb", "networkx", "igraph"):
        try:
            figures[library] = one = apart("graph", library=library, pairs=str(setting.pairs))
        except Failed as failed:
            figures[library] = {"missing": str(failed)}
            continue
        of = f"{library}, {one['ties']:,} ties"
        rows += [
            Row(f"{of}: build", one["build_cpu_s"], "CPU s"),
            Row(f"{of}: reciprocity", one["reciprocity_cpu_s"], "CPU s"),
            Row(f"{of}: both, in DuckDB's", one["cpu_s"] / figures["duckdb"]["cpu_s"], "×"),
        ]
    return [*rows, *_conversations(setting, figures)], figures


def _conversations(setting: Setting, figures: Figures) -> list[Row]:
    acts = setting.size.conversations
    path = str(setting.ledger(acts))
    ours = figures["readings_of_conversations"] = least("readings", acts=path)
    rows = [Row(f"readings, {acts:,} acts", ours["cpu_s"], "CPU s")]
    if setting.convokit is None:
        figures["convokit"] = {"missing": "no Python with ConvoKit was named (--convokit)"}
        return rows
    found = figures["convokit"] = apart("conversations", python=setting.convokit, acts=path)
    return [
        *rows,
        Row(f"ConvoKit, {acts:,} acts: corpus and HyperConvo", found["cpu_s"], "CPU s"),
        Row("ConvoKit, in readings", found["cpu_s"] / ours["cpu_s"], "×"),
    ]


TITLES: Final = {
    "folds": "Ties and readings of a whole ledger",
    "text": "The text stage",
    "record": "A track record, act by act",
    "introductions": "Whom to meet",
    "peers": "Beside others",
}
PARTS: Final[dict[str, Callable[[Setting], Measured]]] = {
    "folds": folds,
    "text": text,
    "record": record,
    "introductions": introductions,
    "peers": peers,
}
