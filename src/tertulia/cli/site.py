"""What `serve`, `demo`, `worker` and `django` do. Django is loaded in children, or last: the supervisor stays small."""

import os
import subprocess
import sys
import time
from functools import partial

from tertulia.cli import start, supervise, visit
from tertulia.config.env import Env


def serve() -> int:
    env = start.settings(os.environ)
    start.refuse_taken_port(env)
    link = prepare_in_a_child("--link")
    return supervise.run(
        children(env), when_up=partial(say_served, env, link), is_up=partial(visit.answers, env)
    )


def demo(*, fresh: bool, began_at: float) -> int:
    start.use_demo(os.environ)
    env = start.settings(os.environ)
    start.refuse_taken_port(env)
    if fresh:
        start.throw_away(env)
    prepare_in_a_child()
    return supervise.run(
        children(env), when_up=partial(say_demo, env, began_at), is_up=partial(visit.answers, env)
    )


def say_served(env: Env, link: str) -> None:
    start.say(f"\nTertulia is at {env.address} (Ctrl+C stops it).")
    if link:
        start.say(
            f"Nobody keeps this place yet. Open this link once to become its keeper:\n\n  {env.address}{link}\n"
        )
    if env.smtp_url is None:
        start.say("No mail server is set (TERTULIA_SMTP_URL): mailed codes are printed here.")


def say_demo(env: Env, began_at: float) -> None:
    start.say(f"\nThe demo is at {env.address} (Ctrl+C stops it).")
    start.say(f"First page after {time.time() - began_at:.0f} s.")


def prepare_in_a_child(*options: str) -> str:
    """Runs `tertulia prepare`; with `--link`, returns the one-time link for the keeper, or nothing when there is one.

    Only whoever says the link asks for it: a new one ends the one before."""
    done = subprocess.run([*itself(), "prepare", *options], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        start.complain(
            "The database could not be made ready, so nothing was started. What went wrong stands above."
        )
        raise SystemExit(done.returncode)
    return done.stdout.strip()


def prepare(*, link: bool) -> int:
    """The child's part. Only the link goes to stdout, because that is how it comes back to the parent."""
    env = start.settings(os.environ)
    start.load_django()
    # After Django, because it imports models.
    from tertulia.cli import ready

    try:
        ready.make_ready(env)
        sys.stdout.write(ready.keeper_link(env) if link else "")
    except ready.NotReady as error:
        start.complain(str(error))
        return 1
    return 0


def worker() -> int:
    start.settings(os.environ)
    start.load_django()
    # After Django, because it imports models; and scipy, which only the worker needs.
    from tertulia.cli import work

    return work.until_stopped()


def open_site(*, demo: bool = False) -> None:
    """For a command beside a running site: settings, Django, and a database brought up to this release."""
    if demo:
        start.use_demo(os.environ)
        start.refuse_missing_demo(os.environ)
    if code := prepare(link=False):
        raise SystemExit(code)


def django(arguments: list[str]) -> int:
    start.settings(os.environ)
    start.load_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tertulia django", *arguments])
    return 0


def itself() -> list[str]:
    return [sys.executable, "-m", "tertulia.cli.main"]


def children(env: Env) -> list[supervise.Child]:
    return [supervise.Child("pages", pages(env)), supervise.Child("worker", [*itself(), "worker"])]


def pages(env: Env) -> list[str]:
    """granian, with threads for the waits of a page (a lock, a disk), not for its work: Python runs one at a time."""
    options = {
        "interface": "wsgi",
        "host": env.bind,
        "port": env.port,
        "workers": env.pages,
        "blocking-threads": 4,
        # Threads that stay keep their connection to the database.
        "blocking-threads-idle-timeout": 600,
        "workers-kill-timeout": 5,
        "respawn-interval": 0.5,
        "log-level": "warning",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    # One of several page processes that dies comes back without the others noticing.
    return [
        sys.executable,
        "-m",
        "granian",
        *flags,
        "--no-ws",
        "--respawn-failed-workers",
        "tertulia.config.wsgi:application",
    ]
