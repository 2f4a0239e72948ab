"""The commands. This module only parses: what a command needs is imported inside it, so that `tertulia --help`, and the
reading of a file, load neither Django nor scipy."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tertulia.engine.windows import Window

FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110})
@click.version_option(package_name="tertulia", message="%(version)s")
def app() -> None:
    """Tertulia: a place you host yourself where ideas are doubted, change, and remember because of whom."""


@app.command()
def serve() -> None:
    """Serve the site: pages and the worker, until you press Ctrl+C."""
    from tertulia.cli import site

    sys.exit(site.serve())


@app.command(short_help="Try it with a year of invented conversations.")
@click.option("--fresh", is_flag=True, help="Throw the demo's folder away and begin anew.")
@click.option("--began-at", type=float, hidden=True, help="Seconds of the clock when set-up began.")
def demo(fresh: bool, began_at: float | None) -> None:
    """Try Tertulia with a year of invented conversations, on this machine only."""
    from tertulia.cli import site

    sys.exit(site.demo(fresh=fresh, began_at=time.time() if began_at is None else began_at))


@app.command(short_help="Run the worker alone.")
def worker() -> None:
    """Run the worker alone: it computes readings and does what was left for later."""
    from tertulia.cli import site

    sys.exit(site.worker())


@app.command("import")
@click.argument("path", type=FILE, required=False, help="The export: a file, a folder, or a zip archive.")
@click.option("--space", default="", help="The space to bring it into; made if there is none.")
@click.option("--open", "is_open", is_flag=True, help="A new space is open to everyone.")
@click.option("--dry-run", is_flag=True, help="Read everything, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--undo", type=int, help="Take the import of this number back.")
@click.option("--list", "listed", is_flag=True, help="What was brought, with its numbers.")
@click.option("--yes", "sure", is_flag=True, help="With --undo: also what people here added.")
@click.option("--demo", is_flag=True, help="Into the demo's folder.")
def bring(
    path: Path | None,
    space: str,
    is_open: bool,
    dry_run: bool,
    as_json: bool,
    undo: int | None,
    listed: bool,
    sure: bool,
    demo: bool,
) -> None:
    """Bring the history of a forum in, or take it back. Nobody is mailed."""
    from tertulia.cli import site

    if undo is not None or listed:
        site.open_site(demo=demo)
        from tertulia.cli import history

        sys.exit(history.list_all() if undo is None else history.take_back(undo, sure=sure))
    if path is None or not (space or dry_run):
        raise click.UsageError("Say what to bring and where: tertulia import PATH --space NAME.")
    site.open_site(demo=demo)
    from tertulia.cli import history

    sys.exit(history.bring(path, space=space, is_open=is_open, dry_run=dry_run, as_json=as_json))


@app.command(short_help="Make a table of acts of an export.")
@click.argument("export", type=FILE, help="The export: a file, a folder, or a zip archive.")
@click.option(
    "--output", "-o", type=FILE, required=True,
    help="acts.parquet, or the name of a new folder to be filled by month.",
)  # fmt: skip
@click.option("--name", default="", help="What the space is called; without it, the export's name.")
@click.option("--texts", is_flag=True, help="Write words, names and source ids beside it. They are private.")
def convert(export: Path, output: Path, name: str, texts: bool) -> None:
    """Make a table of acts of an export: who did what, to whom and when, without words and names."""
    from tertulia.cli import table

    sys.exit(table.convert(export, output=output, name=name, texts=texts))


WINDOW = click.option(
    "--window", type=click.Choice(["12w", "1y", "all"]), default="all",
    help="12w, 1y or all: the last 12 weeks, the last year, or the whole life.",
)  # fmt: skip
AT = click.option(
    "--at", default="",
    help="Read as of the end of this day (2026-11-30), or of a moment in UTC; without it, of its last act.",
)  # fmt: skip
SPACE = click.option("--space", default="", help="Only this space.")
CHAT = click.option(
    "--chat", is_flag=True, help="It is a chat, and does not say so: conversations end after an hour."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@app.command(short_help="Say how people talk with each other there.")
@click.argument(
    "path", type=FILE, help="A table of acts (a file or a folder of Parquet, or CSV), or an export."
)
@WINDOW
@AT
@SPACE
@CHAT
@AS_JSON
@click.option("--html", type=FILE, help="Write one page with charts to this file.")
@click.option("--engine", default="", help="duckdb or spark: read a table of any size where it lies.")
@click.option("--master", default="", help="Where Spark runs: local[2], spark://host:7077, …")
def read(
    path: Path,
    window: "Window",
    at: str,
    space: str,
    chat: bool,
    as_json: bool,
    html: Path | None,
    engine: str,
    master: str,
) -> None:
    """Say how people talk with each other there: a sentence a space, then the table."""
    from tertulia.cli import table

    code = table.read(
        path,
        window=window,
        at=at,
        space=space,
        chat=chat,
        as_json=as_json,
        html=html,
        engine=engine,
        master=master,
    )
    sys.exit(code)


@app.command()
@click.argument("path", type=FILE, help="A table of acts, or an export.")
@SPACE
@WINDOW
@AT
@CHAT
@AS_JSON
def explain(path: Path, space: str, window: "Window", at: str, chat: bool, as_json: bool) -> None:
    """Show the acts that decided a reading, for it and against it."""
    from tertulia.cli import table

    sys.exit(table.explain(path, space=space, window=window, at=at, chat=chat, as_json=as_json))


@app.command(short_help="Say by how much two histories differ.")
@click.argument("one", type=FILE, help="A table of acts, or an export.")
@click.argument("other", type=FILE, help="Another.")
@WINDOW
@AT
@SPACE
@AS_JSON
def compare(one: Path, other: Path, window: "Window", at: str, space: str, as_json: bool) -> None:
    """Say by how much two histories differ, with intervals; fewer than ten people are not told."""
    from tertulia.cli import table

    sys.exit(table.compare(one, other, window=window, at=at, space=space, as_json=as_json))


@app.command(hidden=True)
@click.option("--link", is_flag=True, help="Say the one-time link for the keeper, made anew.")
def prepare(link: bool) -> None:
    """Bring the database and the static files up to this release; `serve` and `demo` do it themselves."""
    from tertulia.cli import site

    sys.exit(site.prepare(link=link))


# Its words are Django's to read, --help too.
@app.command(
    short_help="Run a management command of Django.",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, help="The management command and its options.")
def django(words: tuple[str, ...]) -> None:
    """Run a management command of Django: `tertulia django migrate`."""
    from tertulia.cli import site

    sys.exit(site.django(list(words)))


if __name__ == "__main__":
    app(prog_name="tertulia")
