"""What every page asks. Django writes the SQL of a query once for each connection; after that only its values change.

Writing it took two thirds of the time of a signed-in page, ten times as long as the database needed to answer."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

# Values that no person would send, so that each is found again among the parameters.
_NUMBER = -987_654_321_012_300
_MOMENT = datetime(1801, 2, 3, 4, 5, 6, tzinfo=UTC)
_LARGEST = 2**63

Row = tuple[Any, ...]


@dataclass(frozen=True)
class _Written:
    """A query's SQL for one connection, and how its rows are read."""

    sql: str
    fixed: tuple[object, ...]
    # Where in the parameters stands which of the values.
    places: tuple[tuple[int, int], ...]
    # Django's own compiler, which knows the columns; it is never asked to compile again.
    compiler: Any
    converters: dict[int, Any]

    @cached_property
    def read(self) -> Callable[[Row], Any]:
        return _reader(self.compiler)


class Prepared:
    """Answers to a query whose form depends on nothing but the kinds of its values: int, str or datetime.

    What it asks for equals its values, or comes after a moment: a value that no row can hold finds nothing.
    Where `paged`, the last two values are how many rows to give and how many to pass over."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *, paged: bool = False) -> None:
        self._build = build
        self._paged = paged

    def rows(self, *values: object) -> list[Row]:
        _written, rows = self._answer(values)
        return [tuple(row) for row in rows]

    def objects(self, *values: object) -> list[Any]:
        """As the query set would give them, with what `select_related` and `annotate` ask for."""
        written, rows = self._answer(values)
        return [written.read(row) for row in rows] if written else []

    def _answer(self, values: tuple[object, ...]) -> tuple[_Written | None, Iterable[Row]]:
        if not all(map(_can_be_held, values)):
            return None, []
        connection = connections[DEFAULT_DB_ALIAS]
        kept = _kept(connection)
        written = kept.get(self)
        if written is None:
            written = kept[self] = self._write(values[:-2] if self._paged else values)
        if written.compiler.query.select_for_update and connection.get_autocommit():
            # As Django says when it writes the SQL: the lock would end with its statement.
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        parameters: list[Any] = list(written.fixed)
        for place, at in written.places:
            value = values[at]
            if isinstance(value, datetime):
                value = connection.ops.adapt_datetimefield_value(value)
            parameters[place] = value
        if self._paged:
            parameters += values[-2:]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, parameters)
            rows: Iterable[Row] = cursor.fetchall()
        if written.converters:
            rows = written.compiler.apply_converters(rows, written.converters)
        return written, rows

    def _write(self, values: tuple[object, ...]) -> _Written:
        stand_ins = [_stand_in(value, at) for at, value in enumerate(values)]
        compiler = self._build(*stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        found = [_adapted(one) for one in stand_ins]
        said, given = compiler.as_sql()
        sql, parameters = _with_constants(said, given, found)
        places = tuple((at, found.index(one)) for at, one in enumerate(parameters) if one in found)
        missing = set(range(len(values))) - {value for _place, value in places}
        if missing:
            raise AssertionError(f"Values {sorted(missing)} of {self._build} are not among its parameters.")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return _Written(
            sql=f"{sql} LIMIT %s OFFSET %s" if self._paged else sql,
            fixed=tuple(parameters),
            places=places,
            compiler=compiler,
            converters=converters,
        )


def _kept(connection: BaseDatabaseWrapper) -> WeakKeyDictionary[Prepared, _Written]:
    """With the connection, which the compiler holds: kept elsewhere, it would outlive its thread, and stay open."""
    kept: WeakKeyDictionary[Prepared, _Written] = vars(connection).setdefault("prepared", WeakKeyDictionary())
    return kept


def _with_constants(sql: str, parameters: Iterable[Any], values: list[object]) -> tuple[str, list[Any]]:
    """The SQL with the words and numbers that the query itself says: heard = 'waiting', audience = 'everyone'.

    As parameters they hide from the database which rows are asked for: it cannot know that an index holds just these,
    and SQLite plans anew each time, because its plan depends on them."""
    given, left = iter(parameters), []

    def put(mark: re.Match[str]) -> str:
        if mark[0] == "%%":
            return mark[0]
        one = next(given)
        if one not in values and isinstance(one, str | int) and not isinstance(one, bool):
            return _literal(one)
        left.append(one)
        return mark[0]

    return re.sub("%%|%s", put, sql), left


def _literal(constant: str | int) -> str:
    if isinstance(constant, int):
        return str(int(constant))
    return "'{}'".format(str(constant).replace("'", "''").replace("%", "%%"))


def _reader(compiler: Any) -> Callable[[Row], Model]:
    """What `ModelIterable` of Django 5.2 does with each row of its compiler."""
    fields, model = compiler.klass_info["select_fields"], compiler.klass_info["model"]
    first, last = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    annotations = tuple(compiler.annotation_col_map.items())

    def read(row: Row) -> Model:
        one: Model = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for populator in related:
            populator.populate(row, one)
        for name, column in annotations:
            setattr(one, name, row[column])
        return one

    return read


def _can_be_held(value: object) -> bool:
    """Both databases refuse what an address may bring: a number beyond theirs; PostgreSQL a zero among letters."""
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    return not isinstance(value, str) or "\x00" not in value


def _stand_in(value: object, at: int) -> object:
    if isinstance(value, datetime):
        return _MOMENT + timedelta(days=at)
    return f"stand-in {at} {_NUMBER}" if isinstance(value, str) else _NUMBER - at


def _adapted(value: object) -> object:
    if isinstance(value, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)
    return value
