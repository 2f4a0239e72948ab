"""The folds keep to the SQL that DuckDB and Spark have in common, so that one text is one definition."""

from collections.abc import Iterator
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import missing

if TYPE_CHECKING:
    from sqlglot.expressions import Expression

pytestmark = pytest.mark.spark
FILES = sorted(
    file.name for file in resources.files("tertulia.engine.sql").iterdir() if file.name.endswith(".sql")
)
# Each tried on both engines, with nulls, zeros and halves. Others may differ: MIN_BY does with nulls, HASH always.
FUNCTIONS = {
    *(
        "Abs",
        "And",
        "Avg",
        "BitwiseOrAgg",
        "Case",
        "Cast",
        "Ceil",
        "Coalesce",
        "Count",
        "DenseRank",
        "Exists",
        "Exp",
    ),
    *(
        "Floor",
        "Greatest",
        "If",
        "Lag",
        "LastValue",
        "Lead",
        "Least",
        "Ln",
        "Max",
        "Median",
        "Min",
        "Not",
        "Nullif",
    ),
    *("Or", "Pow", "Rank", "RowNumber", "Sqrt", "Sum"),
}
# Not in the other engine, or not the same there.
FORBIDDEN = {
    "Filter": "FILTER: write CASE inside the aggregate",
    "Qualify": "QUALIFY: put the window into a subquery",
    "Array": "a list type",
    "List": "a list type",
    "Struct": "a struct type",
    "IntDiv": "//: write FLOOR of a division of DOUBLEs",
    "Mod": "%: its sign differs between engines",
    "Star": "*: name the columns",
    "Limit": "LIMIT: rows have no order",
}
WHOLE = frozenset(["BIGINT", "INT", "TINYINT", "SMALLINT"])


@pytest.fixture(autouse=True)
def _sqlglot() -> None:
    if find_spec("sqlglot") is None:
        missing("spark", "SQLGlot is not installed: sh tools/install.sh spark")


def faults(sql: str) -> list[str]:
    """What in one SELECT the two engines would not do alike."""
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(sql, read="duckdb")
    found = [
        why for kind, why in FORBIDDEN.items() for node in tree.find_all(getattr(exp, kind)) if _counts(node)
    ]
    found += [f"{node.sql_name()} is not among the functions tried" for node in _strange(tree)]
    found += [f"division without CAST: {node.sql()}" for node in tree.find_all(exp.Div) if not _is_real(node)]
    found += [
        f"division by what may be 0: {node.sql()}" for node in tree.find_all(exp.Div) if _may_be_zero(node)
    ]
    found += [f"CAST of a fraction to a whole number without FLOOR: {node.sql()}" for node in _cut(tree)]
    found += [f"without CAST, a decimal: {node.sql()}" for node in _decimals(tree)]
    found += [f"no AS: {column.sql()}" for column in _nameless(tree)]
    found += [f"join without AS or USING, or ASOF: {join.sql()[:60]}" for join in _odd_joins(tree)]
    return found


def _counts(node: "Expression") -> bool:
    """COUNT(*) and EXISTS (SELECT * …) name no columns."""
    from sqlglot import exp

    return not (isinstance(node, exp.Star) and isinstance(node.parent, exp.Count))


def _strange(tree: "Expression") -> Iterator[Any]:
    from sqlglot import exp

    for node in tree.find_all(exp.Func):
        if type(node).__name__ not in FUNCTIONS:
            yield node


def _is_real(node: "Expression") -> bool:
    from sqlglot import exp

    if isinstance(node, exp.Paren):
        return _is_real(node.this)
    if isinstance(node, exp.Cast):
        return bool(node.to.sql() == "DOUBLE")
    # A product or a sum is a DOUBLE as soon as one side is.
    return isinstance(node, exp.Binary) and (_is_real(node.left) or _is_real(node.right))


def _may_be_zero(node: "Expression") -> bool:
    """A constant is not zero, nor is a group's COUNT(*); NULLIF is null instead. Else the same SELECT has to compare
    what is divided by, in CASE, WHERE, HAVING or ON; that the comparison is the right one is for a reader to see."""
    from sqlglot import exp

    below = node.expression
    while isinstance(below, exp.Paren | exp.Cast):
        below = below.this
    if isinstance(below, exp.Literal | exp.Nullif) or below.sql() == "COUNT(*)":
        return False
    around = node.find_ancestor(exp.Select)
    compared = {one.sql() for kind in (exp.GT, exp.LT, exp.GTE, exp.NEQ) for one in around.find_all(kind)}
    names = [column.sql() for column in below.find_all(exp.Column)]
    return not all(any(name in comparison for comparison in compared) for name in names)


def _cut(tree: "Expression") -> Iterator["Expression"]:
    from sqlglot import exp

    for node in tree.find_all(exp.Cast):
        if node.to.sql() in WHOLE and any(
            isinstance(inner, exp.Div) for inner in _outside_functions(node.this)
        ):
            yield node


def _outside_functions(node: "Expression") -> Iterator["Expression"]:
    from sqlglot import exp

    if isinstance(node, exp.Floor | exp.Ceil | exp.Count):
        return
    yield node
    for child in node.iter_expressions():
        yield from _outside_functions(child)


def _decimals(tree: "Expression") -> Iterator["Expression"]:
    from sqlglot import exp

    for node in tree.find_all(exp.Literal):
        if node.is_number and not node.is_int and not isinstance(node.parent, exp.Cast):
            yield node


def _nameless(tree: "Expression") -> Iterator["Expression"]:
    from sqlglot import exp

    for select in tree.find_all(exp.Select):
        for column in select.expressions:
            # EXISTS (SELECT 1 …) gives nobody a column.
            if not isinstance(column, exp.Alias | exp.Column) and not select.find_ancestor(exp.Exists):
                yield column


def _odd_joins(tree: "Expression") -> Iterator["Expression"]:
    from sqlglot import exp

    for join in tree.find_all(exp.Join):
        if join.method or join.args.get("using") or not join.this.alias_or_name:
            yield join


@pytest.mark.parametrize("file", FILES)
def test_a_script_keeps_to_the_common_subset(file: str) -> None:
    from tertulia.engine.sql import _CONSTANT, _STATEMENT, _statements

    found = {}
    for statement in _statements(file.removesuffix(".sql")):
        match = _STATEMENT.fullmatch(statement)
        assert match is not None
        # Constants are whole numbers or fractions with their CAST: which, their own place says.
        select = _CONSTANT.sub("CAST(1 AS BIGINT)", match[3])
        if lines := faults(select):
            found[match[2]] = lines

    assert found == {}


@pytest.mark.parametrize(
    ("select", "says"),
    [
        ("SELECT SUM(n) FILTER (WHERE n > 1) AS s FROM t", "FILTER"),
        ("SELECT n FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY n) = 1", "QUALIFY"),
        ("SELECT n // 2 AS half FROM t", "FLOOR"),
        ("SELECT n / 2 AS half FROM t", "division without CAST"),
        ("SELECT CAST(n AS DOUBLE) / CAST(m AS DOUBLE) AS share FROM t", "may be 0"),
        ("SELECT CAST(CAST(n AS DOUBLE) / 7 AS BIGINT) AS week FROM t", "without FLOOR"),
        ("SELECT 0.5 * n AS half FROM t", "decimal"),
        ("SELECT MAX(n) FROM t", "no AS"),
        ("SELECT * FROM t", "name the columns"),
        ("SELECT ARG_MIN(n, m) AS first FROM t", "functions tried"),
        ("SELECT HASH(n) AS h FROM t", "functions tried"),
        ("SELECT LIST(n) AS all_of_them FROM t", "functions tried"),
        ("SELECT a.n AS n FROM t AS a ASOF JOIN u AS b ON a.n >= b.n", "ASOF"),
        ("SELECT n FROM t LIMIT 1", "LIMIT"),
    ],
)
def test_what_the_engines_do_not_do_alike_is_found(select: str, says: str) -> None:
    assert any(says in line for line in faults(select)), faults(select)


def test_what_they_do_alike_is_let_through() -> None:
    select = """
    SELECT k, COUNT(*) AS n, SUM(CASE WHEN n > 0 THEN 1 ELSE 0 END) AS some,
        CAST(FLOOR(CAST(MAX(n) AS DOUBLE) / CAST(7 AS DOUBLE)) AS BIGINT) AS week,
        CASE WHEN SUM(m) > 0 THEN CAST(SUM(n) AS DOUBLE) / CAST(SUM(m) AS DOUBLE) ELSE CAST(0 AS DOUBLE) END AS share,
        CAST(MAX(n) AS DOUBLE) / NULLIF(CAST(MIN(n) AS DOUBLE), CAST(0 AS DOUBLE)) AS spread
    FROM t GROUP BY k
    """
    assert faults(select) == []
