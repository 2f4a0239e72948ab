"""The page of the manual that a run writes: every figure, met or not, with what it was asked to be."""

from collections.abc import Mapping, Sequence

from validity.claim import Claim, Figure

HEAD = """# How well the engine reads

Written by `make validity ARGS=--write`, from the run; not by hand. The thresholds of a reading were set while looking
at the shared data: they are *fitted* there, and figures on that data flatter them. What is asked of each figure is to
be shown on data that nobody here has seen. Baselines are what is trivial, measured in the same run. What the engine
does not reach stands here like what it does.
"""


def page(claims: Sequence[Claim], left_out: Mapping[str, str]) -> str:
    """Markdown: a section a claim, in the order of the run, and at the end what could not be run."""
    parts = [HEAD, *map(_section, claims)]
    if left_out:
        parts.append("## Left out of this run\n")
        parts.append("".join(f"- *{name}*: {reason}\n" for name, reason in left_out.items()))
    return "\n".join(parts)


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
