"""`python -m validity`, or `make validity`: every claim, printed, and its figures left in build/validity.json."""

import argparse
import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from validity.claim import Claim, tell
from validity.data import ROOT, NoData, shared
from validity.page import page, renewed

# In the order in which they are told.
CLAIMS: Final = (
    "conversing",
    "uptake",
    "trust",
    "repeated",
    "expertise",
    "moves",
    "people",
    "gaming",
    "recovery",
    "evidence",
)
# These make up their data.
MADE_UP: Final = frozenset(["gaming", "recovery"])
WRITES: Final = "also write docs/explanation/validity.md anew; with --only, just the sections of these"
PAGE: Final = ROOT / "docs" / "explanation" / "validity.md"


def main(argv: Sequence[str] | None = None) -> int:
    there = [name for name in CLAIMS if find_spec(f"validity.{name}")]
    parser = argparse.ArgumentParser(prog="make validity ARGS=…", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=there, default=there, help="these claims, not all")
    parser.add_argument("--write", action="store_true", help=WRITES)
    asked = parser.parse_args(argv)
    absent: dict[str, str] = {}
    told: list[Claim] = []
    for name in asked.only:
        try:
            folder = ROOT if name in MADE_UP else shared()
            found: list[Claim] = import_module(f"validity.{name}").claims(folder)
        except NoData as reason:
            absent[name] = str(reason)
            print(f"{name}: left out. {reason}\n")
            continue
        for claim in found:
            tell(claim, as_json=False)
            print()
            told.append(claim)
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    path = build / "validity.json"
    path.write_text(
        json.dumps({"claims": [claim.as_json() for claim in told], "left_out": absent}, indent=2) + "\n",
        encoding="utf-8",
    )
    if asked.write:
        _write(asked.only if asked.only != there else (), told, absent)
    print(f"The figures are in {path.relative_to(ROOT)}.")
    return 0


def _write(only: Sequence[str], told: Sequence[Claim], absent: Mapping[str, str]) -> None:
    """The page; if not all were run, what it says of the others stays, because some take hours."""
    if only and PAGE.is_file():
        made = renewed(PAGE.read_text(encoding="utf-8"), only, told, absent)
    else:
        made = page(told, absent)
    PAGE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
