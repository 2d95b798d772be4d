"""Rows of an edition into a table of windows, by sets: what is unchanged keeps its window, the rest is cut.

An edition says which rows hold in its span, from its first day to the day before the next loaded edition.
What stands in the table after a load depends on which editions are loaded, never on the order they came in.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection
from psycopg import sql

from codes.models import Descriptor, Note, SeventhCharacter, Term

OPEN = "infinity"


@dataclass(frozen=True)
class Table:
    """A table of windows: `key` names what a row is about (never null), `content` what it says of it.

    `by_code`: the first key is `code_id`, and rows are given with the code itself in its place. `per` is
    whose editions follow each other, those of the `code_set` or those of the `source`. `where` narrows the
    table to the rows that are meant (SQL, the table is `t`). `fills` are columns that some editions leave
    empty: such a row takes them from an edition that says the same otherwise. `closes`: rows end with their
    edition. `knows_start`: it has `start_known`. `counted` narrows what is counted (SQL over the key).
    """

    model: type
    key: tuple
    content: tuple
    by_code: bool = True
    per: str = "source"
    where: str = "TRUE"
    fills: tuple = ()
    closes: bool = False
    knows_start: bool = False
    counted: str = "TRUE"

    @property
    def columns(self):
        """The columns of a row as it is given."""
        return self.key + self.content


DESCRIPTORS = Table(
    Descriptor,
    ("code_id",),
    ("billable", "is_addon", "short", "medium", "long"),
    per="code_set",
    fills=("short", "medium"),
    knows_start=True,
    counted="(SELECT kind FROM codes_code WHERE codes_code.id = code_id) = 'code'",
)
TITLES = Table(Term, ("code_id",), ("source", "text"), per="code_set", where="t.source = 'title'")
# of a code set whose ranges come from one of its sources only (ICD-10-CM: the tabular list)
A_CODE = "t.code_id IN (SELECT id FROM codes_code WHERE kind = 'code')"
A_RANGE = "t.code_id IN (SELECT id FROM codes_code WHERE kind = 'range')"
CODES = replace(DESCRIPTORS, where=A_CODE)
RANGES = replace(DESCRIPTORS, where=A_RANGE, per="source")
CODE_TITLES = replace(TITLES, where=f"{TITLES.where} AND {A_CODE}")
RANGE_TITLES = replace(TITLES, where=f"{TITLES.where} AND {A_RANGE}", per="source")
INCLUSION_TERMS = Table(Term, ("code_id",), ("source", "text"), where="t.source = 'inclusion'")
NOTES = Table(Note, ("code_id",), ("kind", "position", "text"))
SEVENTH_CHARACTERS = Table(SeventhCharacter, ("code_id", "character"), ("text",))


@dataclass(frozen=True)
class Span:
    """The days for which a release speaks, among the releases of its chain (their keys, its own too)."""

    release: int
    first: date
    last: date | None
    chain: tuple
    follows: bool = False  # the edition before is loaded, and no day lies between
    leads: bool = False  # the same of the edition after

    @property
    def values(self):
        """What the statements below are given."""
        return {
            "release": self.release,
            "first": self.first,
            "last": self.last.isoformat() if self.last else OPEN,
            "before": self.first - timedelta(days=1),
            "after": self.last and self.last + timedelta(days=1),
            "chain": list(self.chain),
            "follows": self.follows,
            "leads": self.leads,
        }


@dataclass
class Counts:
    """What a merge did, counted by key."""

    added: int = 0
    changed: int = 0
    ended: int = 0


STAGE = "CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"
# rows of the chain that hold on a day of the span and that the edition does not give
CUT = """
CREATE TEMPORARY TABLE cut ON COMMIT DROP AS
SELECT t.* FROM {table} AS t
WHERE {ours} AND t.effective_on <= %(last)s::date AND COALESCE(t.terminated_on, 'infinity') >= %(first)s
    AND NOT EXISTS (SELECT FROM staged AS s WHERE {same})
"""
KEPT = """
DELETE FROM staged AS s USING {table} AS t
WHERE {ours} AND {same}
    AND t.effective_on <= %(last)s::date AND COALESCE(t.terminated_on, 'infinity') >= %(first)s
"""
COUNT = """
SELECT count(*) FILTER (WHERE gone IS NULL), count(*) FILTER (WHERE gone AND come),
    count(*) FILTER (WHERE come IS NULL)
FROM (SELECT DISTINCT {key}, TRUE AS come FROM staged) AS coming
FULL JOIN (SELECT DISTINCT {key}, TRUE AS gone FROM cut) AS going USING ({key})
WHERE {counted}
"""
# a cut row keeps its days before the span, and a row of its own for those after it
CUT_AWAY = "DELETE FROM {table} AS t USING cut WHERE t.id = cut.id AND t.effective_on >= %(first)s"
CUT_SHORT = "UPDATE {table} AS t SET terminated_on = %(before)s FROM cut WHERE t.id = cut.id"
CUT_TAIL = """
INSERT INTO {table} ({columns}, {start} release_id, effective_on, terminated_on)
SELECT {columns}, {unknown} release_id, %(after)s, terminated_on FROM cut
WHERE COALESCE(terminated_on, 'infinity') > %(last)s::date
"""
# a row that ended just before, or begins just after, is drawn out over the span
EXTEND = """
WITH drawn AS (
    UPDATE {table} AS t SET {change} FROM staged AS s WHERE {ours} AND {touch} AND {same} RETURNING {row})
DELETE FROM staged AS t USING drawn AS s WHERE {same}
"""
INSERT = """
INSERT INTO {table} ({columns}, {start} release_id, effective_on, terminated_on)
SELECT {columns}, {unknown} %(release)s, %(first)s, NULLIF(%(last)s::date, 'infinity') FROM staged
"""
JOIN = """
WITH pair AS (
    SELECT t.id, s.id AS later, s.terminated_on FROM {table} AS t JOIN {table} AS s ON {same}
    WHERE {ours} AND t.terminated_on = %(last)s::date AND s.effective_on = %(after)s),
gone AS (DELETE FROM {table} AS t USING pair WHERE t.id = pair.later)
SELECT id, terminated_on FROM pair
"""
START = """
UPDATE {table} AS t SET start_known = known
FROM (VALUES (%(first)s::date, %(follows)s), (%(after)s::date, %(leads)s)) AS start (day, known)
WHERE {ours} AND t.effective_on = start.day AND t.start_known <> known
"""
FILL_STAGE = """
UPDATE staged AS s SET {column} = t.{column} FROM {table} AS t
WHERE {ours} AND s.{column} = '' AND t.{column} <> '' AND {alike}
"""
FILL_TABLE = """
UPDATE {table} AS t SET {column} = s.{column} FROM staged AS s
WHERE {ours} AND t.{column} = '' AND s.{column} <> '' AND {alike}
"""


def copy(cursor, target, columns, rows):
    """COPY rows (sequences in the order of `columns`) into a table."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(target), names(columns))
    with cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)


def merge(table, span, rows):
    """Make the table say these rows, and no others, over the span; `rows` are in the order of `table.columns`.

    Returns `Counts`, or None where these are the first rows of the chain, which are copied straight in.
    """
    with connection.cursor() as cursor:
        if not is_first(cursor, table, span):
            return Merge(cursor, table, span).run(rows)
        copy_straight(cursor, table, span, rows)
    return None


def is_first(cursor, table, span):
    """Whether the chain has no rows in the table yet."""
    cursor.execute(compose("SELECT EXISTS (SELECT FROM {table} AS t WHERE {ours})", table), span.values)
    return not cursor.fetchone()[0]


def copy_straight(cursor, table, span, rows):
    """COPY the first rows of a chain; the edition before is not loaded, so no start is known."""
    window = [span.release, span.first, span.last]
    columns = [*table.columns, "release_id", "effective_on", "terminated_on"]
    if table.knows_start:
        columns.append("start_known")
        window.append(False)
    copy(cursor, table.model._meta.db_table, columns, ([*row, *window] for row in rows))


class Merge:
    """One table, one span: the statements above in their order."""

    def __init__(self, cursor, table, span):
        self.cursor, self.table, self.values = cursor, table, span.values

    def run(self, rows):
        """Stage the rows, then take over what they change; returns `Counts`."""
        self.do(STAGE)
        copy(self.cursor, "staged", self.table.columns, rows)
        self.cursor.execute("ANALYZE staged")
        self.fill(FILL_STAGE)
        self.fill(FILL_TABLE)
        self.do(CUT)
        self.do(KEPT)
        self.do(COUNT)
        counts = Counts(*self.cursor.fetchone())
        self.cut()
        self.take()
        self.cursor.execute("DROP TABLE staged, cut")
        return counts

    def do(self, statement, **parts):
        """Run one statement over the table."""
        self.cursor.execute(compose(statement, self.table, **parts), self.values)

    def cut(self):
        """Take the span out of rows that the edition does not give."""
        self.do(CUT_AWAY)
        self.do(CUT_SHORT)
        if self.values["after"]:
            self.do(CUT_TAIL)

    def take(self):
        """Put the staged rows in, drawn out from a neighbour that says the same where there is one."""
        row = sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in self.table.columns)
        self.do(
            EXTEND,
            change=sql.SQL("terminated_on = NULLIF(%(last)s::date, 'infinity')"),
            touch=sql.SQL("t.terminated_on = %(before)s"),
            row=row,
        )
        if self.values["after"]:
            change = sql.SQL("effective_on = %(first)s, release_id = %(release)s")
            self.do(EXTEND, change=change, touch=sql.SQL("t.effective_on = %(after)s"), row=row)
        self.do(INSERT)
        if self.values["after"]:
            self.join()
        if self.table.knows_start:
            self.do(START)

    def join(self):
        """Where a row now ends on the day before one that says the same begins, make them one."""
        self.do(JOIN)
        statement = compose("UPDATE {table} AS t SET terminated_on = %s WHERE id = %s", self.table)
        self.cursor.executemany(statement, [(last, key) for key, last in self.cursor.fetchall()])

    def fill(self, statement):
        """Give empty columns what a row that says the same otherwise has in them."""
        told = [name for name in self.table.columns if name not in self.table.fills]
        for column in self.table.fills:
            self.do(statement, column=sql.Identifier(column), alike=same(told, self.table.key))


def compose(statement, table, **parts):
    """The statement with the table's names: `ours` is the chain's rows, `same` two rows that say the same."""
    return sql.SQL(statement).format(
        table=sql.Identifier(table.model._meta.db_table),
        columns=names(table.columns),
        key=names(table.key),
        ours=sql.SQL("(t.release_id = ANY(%(chain)s) AND {})").format(sql.SQL(table.where)),
        same=same(table.columns, table.key),
        counted=sql.SQL(table.counted),
        start=sql.SQL("start_known," if table.knows_start else ""),
        unknown=sql.SQL("FALSE," if table.knows_start else ""),
        **parts,
    )


def names(columns):
    """Column names with commas."""
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def same(columns, key):
    """The condition that rows `t` and `s` agree in these columns; only keys can be joined by hash."""
    return sql.SQL(" AND ").join(
        sql.SQL("t.{0} = s.{0}" if name in key else "t.{0} IS NOT DISTINCT FROM s.{0}").format(column)
        for name, column in ((name, sql.Identifier(name)) for name in columns)
    )
