"""The commands. This module only parses: what a command needs is imported inside it, so that `tertulia --help`, and the
reading of a file, load neither Django nor scipy."""

import time
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
    path: Annotated[Path | None, typer.Argument(help="The export: a folder, or a zip archive.")] = None,
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


@app.command(hidden=True)
def prepare() -> None:
    """Bring the database and the static files up to this release; `serve` and `demo` do it themselves."""
    from tertulia.cli import site

    raise typer.Exit(site.prepare())


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
