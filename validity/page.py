"""The page of the manual that a run writes: every figure, met or not, with what it was asked to be."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from validity.claim import Claim, Figure

HEAD = """# How well the engine reads

Written by `make validity ARGS=--write`, from the run; not by hand. The thresholds of a reading were set while looking
at the shared data: they are *fitted* there, and figures on that data flatter them. What is asked of each figure is to
be shown on data that nobody here has seen. Baselines are what is trivial, measured in the same run. What the engine
does not reach stands here like what it does.
"""


LEFT_OUT: Final = "## Left out of this run\n"


def page(claims: Sequence[Claim], left_out: Mapping[str, str]) -> str:
    """Markdown: a section a claim, in the order of the run, and at the end what could not be run."""
    return _page([_section(claim) for claim in claims], _left_out(left_out))


def renewed(written: str, ran: Sequence[str], claims: Sequence[Claim], left_out: Mapping[str, str]) -> str:
    """The page as it was written, but for these claims: each in the place of the section of its heading, or else after
    all others. `ran`: the modules that were run; what was left out of earlier runs stays left out, but for them."""
    sections = [part.rstrip("\n") + "\n" for part in re.split(r"^(?=## )", written, flags=re.MULTILINE)[1:]]
    before = next((part for part in sections if part.startswith(LEFT_OUT)), "")
    found = {_heading(part): part for part in sections if part != before}
    found |= {_heading(part): part for part in map(_section, claims)}
    absent = [
        line + "\n"
        for line in before.splitlines()
        if line.startswith("- *") and not line.startswith(tuple(f"- *{name}*:" for name in ran))
    ]
    return _page(list(found.values()), [*absent, *_left_out(left_out)])


def _heading(section: str) -> str:
    return section.partition("\n")[0]


def _page(sections: Sequence[str], left_out: Sequence[str]) -> str:
    parts = [HEAD, *sections]
    return "\n".join([*parts, LEFT_OUT, "".join(left_out)] if left_out else parts)


def _left_out(reasons: Mapping[str, str]) -> list[str]:
    return [f"- *{name}*: {reason}\n" for name, reason in reasons.items()]


def _section(claim: Claim) -> str:
    rows = [_row(key, figure, "") for key, figure in claim.figures.items()]
    rows += [_row(key, figure, "baseline") for key, figure in claim.baselines.items()]
    head = f"## {claim.name} ({claim.data})\n\n| figure | value | 95 % | asked | |\n|---|---|---|---|---|\n"
    notes = "".join(f"\n- {note}" for note in claim.notes)
    return head + "".join(rows) + (notes + "\n" if notes else "")


def _row(key: str, figure: Figure, kind: str) -> str:
    value = "not known" if figure.value is None else f"{figure.value:.3f}"
    interval = "" if figure.low is None or figure.high is None else f"{figure.low:.3f} to {figure.high:.3f}"
    met = {True: "met", False: "**not met**", None: kind}[figure.met]
    return f"| {key} | {value} | {interval} | {figure.asked} | {met} |\n"
