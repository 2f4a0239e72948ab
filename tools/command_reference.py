"""Writes docs/reference/command-line.md from the commands, so that the page cannot lag behind: `make docs`."""

from pathlib import Path

import click

from tertulia.cli.main import app

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "command-line.md"
BEFORE = """# Command line

In a clone the command is `.venv/bin/tertulia`; installed, it is `tertulia`. `convert`, `read`, `explain` and `compare`
work on files alone: they need no site and do not load one. How to use them: [Read an export from the command
line](../howto/read-an-export.md).

A command ends with 0 when it did what it was asked, with 1 when it could not (a sentence on the error stream says why:
which file and line, or which row and column), and with 2 when it was called in a way that cannot work. Progress is
shown on a terminal's error stream only, so that what a command says can be piped.

This page is made from `src/tertulia/cli/main.py` by `make docs`.
"""


def page() -> str:
    commands = [command for command in app.commands.values() if not command.hidden]
    return "\n".join([BEFORE, *(_section(command) for command in commands)])


def _section(command: click.Command) -> str:
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    usage = [
        "tertulia",
        str(command.name),
        *(_usage(one) for one in arguments),
        *(["[OPTIONS]"] if options else []),
    ]
    lines = [f"## tertulia {command.name}", "", (command.help or "").strip(), "", f"`{' '.join(usage)}`", ""]
    if arguments or options:
        lines += ["| | without it | |", "|---|---|---|"]
        lines += [
            f"| `{_name(one)}` | {'needed' if one.required else '–'} | {one.help} |" for one in arguments
        ]
        lines += [_row(one) for one in options] + [""]
    return "\n".join(lines)


def _name(argument: click.Argument) -> str:
    return str(argument.name).upper()


def _usage(argument: click.Argument) -> str:
    return _name(argument) if argument.required else f"[{_name(argument)}]"


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    default = option.to_info_dict()["default"]
    without = f"`{default}`" if default not in {None, "", False} else "–"
    return f"| {names} | {'needed' if option.required else without} | {option.help} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
