"""The PostgreSQL of the bench: a database of its own on the named server, and the CPU of the backends that serve it."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench import processes
from tertulia.config.parse import is_loopback


class NoServer(Exception):
    """There is nothing to measure on; the message says why."""


@dataclass(frozen=True)
class Server:
    url: str

    def database(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.url, autocommit=True, connect_timeout=3)

    def run(self, statement: str, name: str) -> None:
        with self.connect() as connection:
            # Only names of our own are put in, quoted by the driver.
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def create(self, name: str) -> None:
        self.run("CREATE DATABASE {} TEMPLATE template0", name)

    def drop(self, name: str) -> None:
        self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def backends(self, name: str) -> list[int]:
        """The processes that serve this database now, parallel workers too. The log writer and its like serve every
        database of the machine and are not counted."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s ORDER BY pid", [name]
            ).fetchall()
        return [int(str(row[0])) for row in rows]


def server(url: str) -> Server:
    """The server, if it answers and its processes can be seen from here."""
    if not is_loopback(urlsplit(url).hostname or ""):
        raise NoServer("its processes run on another machine, where their CPU cannot be read")
    found = Server(url)
    try:
        with found.connect() as connection:
            pid = connection.info.backend_pid
            processes.cpu_seconds(pid)
    except psycopg.OperationalError as error:
        raise NoServer(str(error).strip().splitlines()[0]) from error
    except processes.Gone as error:
        raise NoServer("it answers, but its processes cannot be seen from here") from error
    return found
