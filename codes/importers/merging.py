"""Rows of an edition into a table of windows, by sets: what is unchanged keeps its window, the rest is cut.

An edition says which rows hold in its span, from its first day to the day before the next loaded edition.
What stands in the table after a load depends on which editions are loaded, never on the order they came in.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection
from psycopg import sql

from codes.importers.merge_statements import (
    COUNT,
    COUNT_CLOSING,
    CUT,
    CUT_AWAY,
    CUT_SHORT,
    CUT_TAIL,
    EXTEND,
    FILL_STAGE,
    FILL_TABLE,
    INSERT,
    JOIN,
    KEPT,
    STAGE,
    START,
)
from codes.models import Descriptor, Note, SeventhCharacter, Term

OPEN = "infinity"


@dataclass(frozen=True)
class Told:
    """How the release diff tells a row of a table `t` whose key is its own (SQL): `what` it is in a word, the codes it
    is about, what it says to anybody, and what has to differ for it to have changed (None: what it says)."""

    what: str
    subject: str
    says: str = "''"
    differs: str | None = None


@dataclass(frozen=True)
class Table:
    """A table of windows: `key` names what a row is about (never null), `content` what it says of it.

    `by_code`: the first key is `code_id`, and rows are given with the code itself in its place. `per` is
    whose editions follow each other, those of the `code_set` or those of the `source`. `where` narrows the
    table to the rows that are meant (SQL, the table is `t`). `fills` are columns that some editions leave
    empty: such a row takes them from an edition that says the same otherwise. `closes`: rows end with their
    edition. `knows_start`: it has `start_known`. `counted` narrows what is counted (SQL over the key).
    `told`: its rows stand in the release diff.
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
    told: Told | None = None

    @property
    def columns(self):
        """The columns of a row as it is given."""
        return self.key + self.content


A_TITLE = "t.long || CASE WHEN t.billable THEN '' ELSE ' (not billable)' END"
A_FREE_TITLE = f"""(SELECT CASE WHEN is_public_domain THEN {A_TITLE} ELSE '' END
    FROM codes_code JOIN codes_codeset ON codes_codeset.id = code_set_id WHERE codes_code.id = t.code_id)"""  # noqa: S608
DESCRIPTORS = Table(
    Descriptor,
    ("code_id",),
    ("billable", "is_addon", "short", "medium", "long"),
    per="code_set",
    fills=("short", "medium"),
    knows_start=True,
    counted="(SELECT kind FROM codes_code WHERE codes_code.id = code_id) = 'code'",
    # licensed words are nowhere in the diff; the order file and the tabular list differ in accents
    told=Told(
        "code",
        "(SELECT code FROM codes_code WHERE codes_code.id = t.code_id)",
        A_FREE_TITLE,
        f"unaccent({A_TITLE})",
    ),
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
        against_the_one_before = self.table.closes and self.values["follows"]
        counts = self.count(COUNT_CLOSING) if against_the_one_before else None
        self.do(CUT)
        self.do(KEPT)
        counts = counts or self.count(COUNT)
        self.cut()
        self.take()
        self.cursor.execute("DROP TABLE staged, cut")
        return counts

    def do(self, statement, **parts):
        """Run one statement over the table."""
        self.cursor.execute(compose(statement, self.table, **parts), self.values)

    def count(self, statement):
        """What the staged rows add, change and end."""
        self.do(statement)
        return Counts(*self.cursor.fetchone())

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
