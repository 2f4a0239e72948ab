"""The windows that people coded as states, and how far the engine's probabilities of them are to be believed."""

from collections.abc import Mapping, Sequence
from typing import Final

from validity.agreement import Bin, calibration_error, reliability
from validity.claim import Figure, bootstrap
from validity.coding.consensus import kappa_of, pairs
from validity.coding.sheets import Sheets
from validity.coding.told import WindowTold

COHABITING: Final = ("small_talk", "parallel", "silent")
MOST_ERROR: Final = 0.1


def of_windows(
    sheets: Sheets, told: Mapping[str, WindowTold]
) -> tuple[dict[str, Figure], dict[str, Figure], list[str]]:
    coded = pairs("state", sheets, told)
    if not coded:
        return {}, {}, ["No windows were coded."]
    ids = [id_ for id_, _ in coded]
    ones, others = [_kin(one) for _, (one, _) in coded], [_kin(other) for _, (_, other) in coded]
    judged = [
        (id_, one) for id_, one, other in zip(ids, ones, others, strict=True) if one == other != "cannot_say"
    ]
    alike = f"{len(judged)} of {len(coded)} coded alike, small talk, parallel posts and silent as one"
    notes = [f"Windows: {alike}; the others, and those of which nothing could be said, are left out."]
    says = [(likeliest(told[id_]), code) for id_, code in judged if told[id_].probabilities]
    figures = {"kappa_coders_states": kappa_of(ones, others, ids)}
    if says:
        named = [state for (state, _), _ in says]
        figures["kappa_engine_states"] = kappa_of(
            named, [_below(code) for _, code in says], [str(n) for n in range(len(says))]
        )
        figures |= _calibrated([(p, state == _below(code)) for (state, p), code in says])
        few = sum(state == "rests_on_few" for state in named)
        notes.append(
            f"{few} windows read as resting on a few people, which nobody could choose: counted as not right."
        )
    return figures, _confident(coded, sheets), notes


def _calibrated(judged: Sequence[tuple[float, bool]]) -> dict[str, Figure]:
    """The engine's likeliest state: how likely it says that it is, against how often the coders say so too."""
    figures = {"calibration_error": _error(judged, asked=f"at most {MOST_ERROR:g}")}
    for one in _curve(judged):
        figures[f"reliability_from_{one.low:.1f}"] = Figure(
            one.right, asked=f"{one.said:.2f} said of {one.count}"
        )
    return figures


def _confident(coded: Sequence[tuple[str, tuple[str, str]]], sheets: Sheets) -> dict[str, Figure]:
    """How far the coders' own confidence is to be believed: against whether the other chose the same."""
    judged = [
        (float(sheets[coder][id_]["confidence"]), _kin(codes[0]) == _kin(codes[1]))
        for id_, codes in coded
        for coder in sorted(sheets)
        if sheets[coder][id_].get("confidence")
    ]
    return {"calibration_error_of_coders": _error(judged)} if judged else {}


def _error(judged: Sequence[tuple[float, bool]], *, asked: str = "") -> Figure:
    value = calibration_error(_curve(judged))
    low, high = bootstrap(judged, lambda chosen: calibration_error(_curve(chosen)))
    return Figure(value, low, high, asked, value <= MOST_ERROR if asked else None)


def _curve(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    return reliability([p for p, _ in judged], [right for _, right in judged])


def likeliest(told: WindowTold) -> tuple[str, float]:
    """The likeliest state and its probability: cohabiting as one; under the ceiling conversing or more as one."""
    sums: dict[str, float] = {}
    for state, p in told.probabilities.items():
        kin = "cohabiting" if state.startswith("cohabiting") else state
        kin = _below(kin) if told.ceiling else kin
        sums[kin] = sums.get(kin, 0.0) + p
    return max(sums.items(), key=lambda found: (found[1], found[0]))


def _kin(code: str) -> str:
    return "cohabiting" if code in COHABITING else code


def _below(code: str) -> str:
    return "conversing" if code == "collaborating" else code
