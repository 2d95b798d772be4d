"""How fast ICD-10-CM loads, beside a bare COPY of the same rows into the same tables."""

import time
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg import sql

from codes.importers import icd10cm, packages

SCHEMA = "bench_load"
TABLES = (
    "codes_codeset",
    "codes_release",
    "codes_code",
    "codes_descriptor",
    "codes_term",
    "codes_note",
    "codes_notereference",
    "codes_seventhcharacter",
)
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) AND confrelid = ANY(%s::regclass[])
"""
WRITTEN = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""


class Command(BaseCommand):
    help = (
        "Loads ICD-10-CM into empty copies of the tables (same indexes, constraints and generated columns), then "
        "copies the same rows in bare, and prints the ratio of the two rates. The site's own rows stay untouched."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--rounds", type=int, default=3, help="How often each is done; the best one counts."
        )

    def handle(self, *_args, rounds, **_options):
        files = packages.icd10cm()
        with connection.cursor() as cursor, scratch(cursor):
            self.report(*map(min, zip(*(one_round(cursor, files) for _ in range(rounds)), strict=True)))

    def report(self, load, read, bare):
        """Print both times, in seconds, and their ratio."""
        self.stdout.write(
            f"load {load:.2f} s, of which reading the file {read:.2f} s; bare COPY {bare:.2f} s"
        )
        self.stdout.write(
            f"ratio of rates: {bare / load:.2f} with reading, {bare / (load - read):.2f} from rows in memory "
            "(0.50 is asked for)"
        )


def one_round(cursor, files):
    """Seconds for a load, for reading its files, and for a bare COPY of what it loaded, one after the other."""
    empty(cursor)
    load = timed(icd10cm.load, *files, **icd10cm.APRIL_2026)
    read = timed(icd10cm.read, *files)
    dumps = {table: dump(cursor, table) for table in TABLES}
    return load, read, copy_bare(cursor, dumps)


def timed(function, *arguments, **options):
    """How long a call takes, in seconds."""
    started = time.monotonic()
    function(*arguments, **options)
    return time.monotonic() - started


@contextmanager
def scratch(cursor):
    """Empty copies of the tables in a schema of their own, found before the site's."""
    cursor.execute(FOREIGN_KEYS, [list(TABLES), list(TABLES)])
    foreign_keys = cursor.fetchall()
    cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
    try:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
        cursor.execute(f"SET search_path = {SCHEMA}, public")
        for table, definition in foreign_keys:
            cursor.execute(f"ALTER TABLE {table} ADD {definition}")
        yield
    finally:
        cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE; RESET search_path")


def empty(cursor):
    """Empty the copies."""
    cursor.execute(f"TRUNCATE {', '.join(TABLES)}")


def dump(cursor, table):
    """The columns that are written, and the rows as COPY gives them."""
    cursor.execute(WRITTEN, [table])
    columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
    with cursor.copy(sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), columns)) as stream:
        return columns, b"".join(stream)


def copy_bare(cursor, dumps):
    """COPY the dumps into the emptied tables in one transaction, deferred checks included; seconds."""
    empty(cursor)
    started = time.monotonic()
    with transaction.atomic():
        for table, (columns, rows) in dumps.items():
            with cursor.copy(
                sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
            ) as stream:
                stream.write(rows)
    return time.monotonic() - started
