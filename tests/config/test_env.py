"""Settings: typed, refused by name, and all problems at once."""

from pathlib import Path

import pytest

from tertulia.config import parse
from tertulia.config.env import BadSettings, Env, read_env

HTTPS = {"TERTULIA_ADDRESS": "https://table.example.org"}


def problems_of(environ: dict[str, str]) -> list[str]:
    with pytest.raises(BadSettings) as refused:
        read_env(environ)
    return refused.value.problems


def test_nothing_is_needed_to_begin() -> None:
    env = read_env({})

    assert env.address == "http://127.0.0.1:8000"
    assert env.bind == "127.0.0.1"
    assert env.database_url == parse.Database("sqlite3", f"{env.home}/tertulia.sqlite3")
    assert (env.secret_key, env.smtp_url, env.demo, env.trusted_proxies) == (None, None, False, 0)


def test_the_address_follows_the_port() -> None:
    assert read_env({"TERTULIA_PORT": "8123"}).address == "http://127.0.0.1:8123"


def test_a_misspelt_name_is_refused_with_a_suggestion() -> None:
    assert problems_of({"TERTULIA_PROT": "8123"}) == [
        "TERTULIA_PROT is not a setting of Tertulia. Did you mean TERTULIA_PORT?"
    ]


def test_the_tests_own_names_are_let_through() -> None:
    assert isinstance(read_env({"TERTULIA_TEST_REQUIRE": "browser"}), Env)


def test_all_problems_are_told_at_once() -> None:
    problems = problems_of(
        {"TERTULIA_PORT": "http", "TERTULIA_TIME_ZONE": "Vienna", "TERTULIA_COLOUR": "green"}
    )

    assert [problem.split(" ")[0] for problem in problems] == [
        "TERTULIA_COLOUR",
        "TERTULIA_PORT",
        "TERTULIA_TIME_ZONE",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOME", "relative/folder"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "٨٠"),
        ("BIND", "example.org"),
        ("ADDRESS", "http://table.example.org"),
        ("ADDRESS", "https://table.example.org/somewhere"),
        ("ADDRESS", "https://ana@table.example.org"),
        ("ADDRESS", "https://table.example.org:port"),
        ("ADDRESS", "table.example.org"),
        ("DATABASE_URL", "mysql://localhost/tertulia"),
        ("DATABASE_URL", "sqlite:///relative.sqlite3"),
        ("DATABASE_URL", "postgres://localhost/"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SMTP_URL", "http://mail.example.org"),
        ("SMTP_URL", "smtp://mail.example.org?tls=maybe"),
        ("SMTP_URL", "smtp://mail.example.org?starttls=yes"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "Ana <a@example.org>\nBcc: b@example.org"),
        ("TRUSTED_PROXIES", "-1"),
        ("PAGES", "0"),
        ("DEMO", "perhaps"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    (problem,) = problems_of({f"TERTULIA_{name}": value})

    assert problem.startswith(f"TERTULIA_{name} ")
    assert problem.endswith(".")


def test_a_refusal_never_repeats_a_secret() -> None:
    (problem,) = problems_of({"TERTULIA_DATABASE_URL": "mysql://ana:open-sesame@localhost/tertulia"})

    assert "open-sesame" not in problem


def test_listening_for_others_needs_an_https_address() -> None:
    (problem,) = problems_of({"TERTULIA_BIND": "0.0.0.0"})

    assert "TERTULIA_ADDRESS" in problem
    assert read_env({"TERTULIA_BIND": "0.0.0.0", **HTTPS}).bind == "0.0.0.0"


def test_an_https_address_means_a_proxy() -> None:
    assert read_env(HTTPS).trusted_proxies == 1
    assert problems_of({"TERTULIA_TRUSTED_PROXIES": "0", **HTTPS})[0].startswith("TERTULIA_TRUSTED_PROXIES ")


def test_the_demo_runs_on_loopback_only() -> None:
    assert read_env({"TERTULIA_DEMO": "yes"}).demo
    assert problems_of({"TERTULIA_DEMO": "yes", **HTTPS})[0].startswith("TERTULIA_DEMO ")


def test_the_demo_never_takes_a_sites_database() -> None:
    problems = problems_of({"TERTULIA_DEMO": "yes", "TERTULIA_DATABASE_URL": "postgres://localhost/site"})

    assert problems == ["TERTULIA_DATABASE_URL is not for the demo, which keeps its own database. Unset it."]


def test_a_postgresql_address_is_read_whole() -> None:
    env = read_env(
        {"TERTULIA_DATABASE_URL": "postgres://ana:p%40ss@db.example.org:5433/table?sslmode=require"}
    )

    assert env.database_url == parse.Database(
        "postgresql", "table", "db.example.org", "5433", "ana", "p@ss", (("sslmode", "require"),)
    )


@pytest.mark.parametrize(
    ("text", "port", "tls"),
    [
        ("smtp://mail.example.org", 587, "starttls"),
        ("smtp://mail.example.org?tls=ssl", 465, "ssl"),
        ("smtp://mail.example.org:2525?tls=none", 2525, "none"),
    ],
)
def test_the_usual_mail_port_follows_from_tls(text: str, port: int, tls: str) -> None:
    smtp = read_env({"TERTULIA_SMTP_URL": text}).smtp_url

    assert smtp is not None
    assert (smtp.host, smtp.port, smtp.tls) == ("mail.example.org", port, tls)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mail"
    file.write_text("smtp://ana:secret@mail.example.org\n")

    smtp = read_env({"TERTULIA_SMTP_URL_FILE": str(file)}).smtp_url

    assert smtp is not None
    assert smtp.password == "secret"


def test_a_secret_that_is_set_twice_is_refused(tmp_path: Path) -> None:
    environ = {
        "TERTULIA_SMTP_URL": "smtp://mail.example.org",
        "TERTULIA_SMTP_URL_FILE": str(tmp_path / "mail"),
    }

    assert "both set" in problems_of(environ)[0]


def test_a_file_that_is_missing_or_empty_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()

    assert "No such file" in problems_of({"TERTULIA_SECRET_KEY_FILE": str(tmp_path / "gone")})[0]
    assert "is empty" in problems_of({"TERTULIA_SECRET_KEY_FILE": str(empty)})[0]


def test_only_secrets_have_a_file() -> None:
    assert problems_of({"TERTULIA_PORT_FILE": "/tmp/port"})[0].startswith(
        "TERTULIA_PORT_FILE is not a setting"
    )


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://Table.Example.org/", "https://table.example.org"),
        ("https://table.example.org:443", "https://table.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_is_kept_as_browsers_write_an_origin(text: str, origin: str) -> None:
    assert read_env({"TERTULIA_ADDRESS": text}).address == origin
