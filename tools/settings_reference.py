"""Writes docs/reference/settings.md from config/env.py, so that the page cannot lag behind: `make docs`."""

from dataclasses import fields
from pathlib import Path

from tertulia.config.env import PREFIX, Env

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "settings.md"
BEFORE = """# Settings

Tertulia reads its settings from the environment. None is needed to begin. A name that is misspelt and a value that
cannot be used are refused at start, all at once and by name, with exit code 2.

Settings marked † hold secrets: each may come from a file instead, named by the same setting with `_FILE` at its end
(`TERTULIA_SECRET_KEY_FILE=/run/secrets/tertulia`).

This page is made from `src/tertulia/config/env.py` by `make docs`.

| setting | without it | what it is |
|---|---|---|
"""
# Defaults that depend on other settings, for people.
WORDS = {
    "{home}": "<home>",
    "{port}": "<port>",
    "{host}": "<host>",
    "{proxies}": "0 or 1",
}
AFTER = """
## Rules between them

- Listening on another address than loopback (`TERTULIA_BIND`) needs an https `TERTULIA_ADDRESS`. Put a proxy that ends
  TLS in front, and let it set `X-Forwarded-For` and `X-Forwarded-Proto`, overwriting what came from outside.
- The demo runs on loopback only, keeps its own SQLite database, and refuses a site's folder; a site refuses the demo's.
- With an https address, browsers are told to use nothing else for a year (HSTS).

## For the tests

`TERTULIA_TEST_DATABASE_URL` runs the tests on that database (on PostgreSQL on one beside it, whose name begins with
`test_`); `TERTULIA_TEST_POSTGRES` names the server on which the tests of the ledger make databases of their own;
`TERTULIA_TEST_REQUIRE=browser,postgres,gettext` makes a missing component a failure instead of a skip;
`TERTULIA_TEST_DATA` names the folder of real histories; with `TERTULIA_TEST_WRITE_PICTURES=1` the journeys take the
pictures of the manual anew. The product reads none of them.
"""


def page() -> str:
    rows = []
    for one in fields(Env):
        default = one.metadata["default"]
        for mark, word in WORDS.items():
            default = default.replace(mark, word)
        dagger = " †" if one.metadata["secret"] else ""
        shown = f"`{default}`" if default else "–"
        rows.append(f"| `{PREFIX}{one.name.upper()}`{dagger} | {shown} | {one.metadata['says']} |")
    return BEFORE + "\n".join(rows) + "\n" + AFTER


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
