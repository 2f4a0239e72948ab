"""The commands. This module only parses: what a command needs is imported inside it, so that `tertulia --help`, and the
reading of a file, load neither Django nor scipy."""

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Tertulia: a place you host yourself where ideas are doubted, change, and remember because of whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def serve() -> None:
    """Serve the site: pages and the worker, until you press Ctrl+C."""
    from tertulia.cli import site

    raise typer.Exit(site.serve())


@app.command()
def demo(
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw the demo's folder away and begin anew.")
    ] = False,
    began_at: Annotated[
        float | None, typer.Option(hidden=True, help="Seconds of the clock when set-up began.")
    ] = None,
) -> None:
    """Try Tertulia with a year of invented conversations, on this machine only."""
    from tertulia.cli import site

    raise typer.Exit(site.demo(fresh=fresh, began_at=time.time() if began_at is None else began_at))


@app.command()
def worker() -> None:
    """Run the worker alone: it computes readings and does what was left for later."""
    from tertulia.cli import site

    raise typer.Exit(site.worker())


@app.command(name="import")
def bring(
    path: Annotated[
        Path | None, typer.Argument(help="The export: a file, a folder, or a zip archive.")
    ] = None,
    space: Annotated[str, typer.Option(help="The space to bring it into; made if there is none.")] = "",
    is_open: Annotated[bool, typer.Option("--open", help="A new space is open to everyone.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read everything, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
    undo: Annotated[int | None, typer.Option(help="Take the import of this number back.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="What was brought, with its numbers.")] = False,
    sure: Annotated[bool, typer.Option("--yes", help="With --undo: also what people here added.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Into the demo's folder.")] = False,
) -> None:
    """Bring the history of a forum in, or take it back. Nobody is mailed."""
    from tertulia.cli import site

    if undo is not None or listed:
        site.open_site(demo=demo)
        from tertulia.cli import history

        raise typer.Exit(history.list_all() if undo is None else history.take_back(undo, sure=sure))
    if path is None or not (space or dry_run):
        raise typer.BadParameter("Say what to bring and where: tertulia import PATH --space NAME.")
    site.open_site(demo=demo)
    from tertulia.cli import history

    raise typer.Exit(history.bring(path, space=space, is_open=is_open, dry_run=dry_run, as_json=as_json))


@app.command()
def convert(
    export: Annotated[Path, typer.Argument(help="The export: a file, a folder, or a zip archive.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="acts.parquet, or the name of a new folder to be filled by month."
        ),
    ],
    name: Annotated[str, typer.Option(help="What the space is called; without it, the export's name.")] = "",
    texts: Annotated[
        bool, typer.Option("--texts", help="Write words, names and source ids beside it. They are private.")
    ] = False,
) -> None:
    """Make a table of acts of an export: who did what, to whom and when, without words and names."""
    from tertulia.cli import table

    raise typer.Exit(table.convert(export, output=output, name=name, texts=texts))


class WindowName(StrEnum):
    """How far back a reading looks from its end."""

    TWELVE_WEEKS = "12w"
    YEAR = "1y"
    ALL = "all"


WINDOW = typer.Option(help="12w, 1y or all: the last 12 weeks, the last year, or the whole life.")
AT = typer.Option(
    help="Read as of the end of this day (2026-11-30), or of a moment in UTC; without it, of its last act."
)
SPACE = typer.Option(help="Only this space.")
CHAT = typer.Option("--chat", help="It is a chat, and does not say so: conversations end after an hour.")
AS_JSON = typer.Option("--json", help="As JSON.")


@app.command()
def read(
    path: Annotated[
        Path, typer.Argument(help="A table of acts (a file or a folder of Parquet, or CSV), or an export.")
    ],
    window: Annotated[WindowName, WINDOW] = WindowName.ALL,
    at: Annotated[str, AT] = "",
    space: Annotated[str, SPACE] = "",
    chat: Annotated[bool, CHAT] = False,
    as_json: Annotated[bool, AS_JSON] = False,
    html: Annotated[Path | None, typer.Option(help="Write one page with charts to this file.")] = None,
    engine: Annotated[
        str, typer.Option(help="duckdb or spark: read a table of any size where it lies.")
    ] = "",
    master: Annotated[str, typer.Option(help="Where Spark runs: local[2], spark://host:7077, …")] = "",
) -> None:
    """Say how people talk with each other there: a sentence a space, then the table."""
    from tertulia.cli import table

    code = table.read(
        path,
        window=window.value,
        at=at,
        space=space,
        chat=chat,
        as_json=as_json,
        html=html,
        engine=engine,
        master=master,
    )
    raise typer.Exit(code)


@app.command()
def explain(
    path: Annotated[Path, typer.Argument(help="A table of acts, or an export.")],
    space: Annotated[str, SPACE] = "",
    window: Annotated[WindowName, WINDOW] = WindowName.ALL,
    at: Annotated[str, AT] = "",
    chat: Annotated[bool, CHAT] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Show the acts that decided a reading, for it and against it."""
    from tertulia.cli import table

    raise typer.Exit(table.explain(path, space=space, window=window.value, at=at, chat=chat, as_json=as_json))


@app.command()
def compare(
    one: Annotated[Path, typer.Argument(help="A table of acts, or an export.")],
    other: Annotated[Path, typer.Argument(help="Another.")],
    window: Annotated[WindowName, WINDOW] = WindowName.ALL,
    at: Annotated[str, AT] = "",
    space: Annotated[str, SPACE] = "",
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Say by how much two histories differ, with intervals; fewer than ten people are not told."""
    from tertulia.cli import table

    raise typer.Exit(table.compare(one, other, window=window.value, at=at, space=space, as_json=as_json))


@app.command(hidden=True)
def prepare(
    link: Annotated[
        bool, typer.Option("--link", help="Say the one-time link for the keeper, made anew.")
    ] = False,
) -> None:
    """Bring the database and the static files up to this release; `serve` and `demo` do it themselves."""
    from tertulia.cli import site

    raise typer.Exit(site.prepare(link=link))


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def django(context: typer.Context) -> None:
    """Run a management command of Django: `tertulia django migrate`."""
    from tertulia.cli import site

    raise typer.Exit(site.django(context.args))


if __name__ == "__main__":
    app()
