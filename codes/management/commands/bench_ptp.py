"""How fast NCCI's pairs load, beside a bare COPY of the same rows into the same indexed table."""

import time
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import connection

from codes.importers.ptp import COLUMNS, TABLE
from codes.importers.ptp_rows import PtpFile

SCRATCH = "bench_ptp_edit"


class Command(BaseCommand):
    help = (
        "Reads a PTP file and copies it into an empty copy of the table with the same indexes, then copies the same "
        "rows in bare, and prints the ratio of the two rates. The site's own rows stay untouched."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="CMS's zip or text file, such as ccipra-2024q3.zip.")

    def handle(self, *_args, path, **_options):
        file = PtpFile(path)
        with connection.cursor() as cursor, scratch(cursor):
            load = timed(cursor, file.chunks(b"1\t1"))
            rows = dump(cursor)
            cursor.execute(f"TRUNCATE {SCRATCH}")
            bare = timed(cursor, rows)
        self.stdout.write(
            f"{file.count:,} rows: load {load:.1f} s, {file.count / load:,.0f} rows a second; bare COPY {bare:.1f} s; "
            f"ratio of rates {bare / load:.2f} (0.33 is asked for)"
        )


@contextmanager
def scratch(cursor):
    """An empty copy of the table for as long as it is needed."""
    cursor.execute(f"DROP TABLE IF EXISTS {SCRATCH}; CREATE TABLE {SCRATCH} (LIKE {TABLE} INCLUDING ALL)")
    try:
        yield
    finally:
        cursor.execute(f"DROP TABLE {SCRATCH}")


def timed(cursor, pieces):
    """Seconds that it takes to COPY pieces of text into the copy of the table."""
    started = time.monotonic()
    with cursor.copy(f"COPY {SCRATCH} ({COLUMNS}) FROM STDIN") as stream:
        for piece in pieces:
            stream.write(piece)
    return time.monotonic() - started


def dump(cursor):
    """The rows as COPY gives them, in one piece."""
    with cursor.copy(f"COPY {SCRATCH} ({COLUMNS}) TO STDOUT") as stream:
        return [b"".join(stream)]
