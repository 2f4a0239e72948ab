"""Django's settings as a site meets them: each case in a process of its own, because settings are read once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tertulia.config.databases import database_settings
from tertulia.config.parse import Database

HTTPS = {"TERTULIA_ADDRESS": "https://table.example.org"}


def run(arguments: list[str], environ: dict[str, str], home: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TERTULIA_")}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**clean, "TERTULIA_HOME": str(home), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_with(environ: dict[str, str], home: Path, *names: str) -> dict[str, Any]:
    say = f"print(json.dumps({{name: getattr(settings, name) for name in {names!r}}}))"
    done = run(["-c", f"import json; from tertulia.config import settings; {say}"], environ, home)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_site_with_an_https_address_is_clean_to_deploy(tmp_path: Path) -> None:
    done = run(
        ["-m", "tertulia.cli.main", "django", "check", "--deploy", "--fail-level", "WARNING"],
        HTTPS,
        tmp_path / "home",
    )

    assert done.returncode == 0, done.stderr
    assert "System check identified no issues" in done.stdout


def test_behind_https_cookies_and_redirects_are_strict(tmp_path: Path) -> None:
    found = settings_with(
        HTTPS,
        tmp_path,
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "SECURE_SSL_REDIRECT",
        "ALLOWED_HOSTS",
    )

    assert found == {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-tertulia_session",
        "SECURE_SSL_REDIRECT": True,
        "ALLOWED_HOSTS": ["table.example.org"],
    }


def test_on_loopback_no_forwarded_header_is_believed(tmp_path: Path) -> None:
    found = settings_with({}, tmp_path, "SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS")

    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["SECURE_SSL_REDIRECT"] is False
    assert "127.0.0.1" in found["ALLOWED_HOSTS"]


def test_the_demo_and_a_site_on_one_host_keep_their_own_cookies(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
    demo = settings_with({"TERTULIA_DEMO": "yes"}, tmp_path / "demo", *names)
    site = settings_with({}, tmp_path / "site", *names)

    assert not set(demo.values()) & set(site.values())


@pytest.mark.parametrize(
    ("environ", "backend"),
    [
        ({}, "console"),
        ({"TERTULIA_DEMO": "yes"}, "filebased"),
        ({"TERTULIA_SMTP_URL": "smtp://mail.example.org"}, "smtp"),
    ],
)
def test_letters_go_where_they_can_be_read(tmp_path: Path, environ: dict[str, str], backend: str) -> None:
    found = settings_with(environ, tmp_path, "EMAIL_BACKEND")

    assert found["EMAIL_BACKEND"] == f"django.core.mail.backends.{backend}.EmailBackend"


def test_bad_settings_stop_django_with_all_sentences(tmp_path: Path) -> None:
    done = run(
        ["-c", "import tertulia.config.settings"], {"TERTULIA_PORT": "x", "TERTULIA_PAGES": "x"}, tmp_path
    )

    assert "TERTULIA_PORT must be" in done.stderr
    assert "TERTULIA_PAGES must be" in done.stderr


def test_the_process_that_serves_pages_never_loads_scipy(tmp_path: Path) -> None:
    code = (
        "import sys, tertulia.config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns; "
        "print([name for name in ('scipy', 'numpy') if name in sys.modules])"
    )

    done = run(["-c", code], {}, tmp_path / "home")

    assert done.stdout == "[]\n", done.stderr


def test_nothing_inline_is_allowed_to_run() -> None:
    directives = settings.CONTENT_SECURITY_POLICY.split("; ")

    assert "default-src 'self'" in directives
    assert "unsafe-inline" not in str(directives)
    assert "nonce" not in str(directives)


def test_a_writer_takes_its_turn_at_the_start_on_sqlite() -> None:
    options = database_settings(Database("sqlite3", "/tmp/x"))["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "foreign_keys=ON" in options["init_command"]


def test_options_of_a_postgresql_address_reach_the_driver() -> None:
    made = database_settings(Database("postgresql", "table", options=(("sslmode", "require"),)))

    assert made["OPTIONS"]["sslmode"] == "require"
    assert made["CONN_HEALTH_CHECKS"] is True
