"""Hospital pairs out of the outpatient code editor: they stand until CMS's own file of hospital edits is loaded.

The tables have no rationale and no exact day: a pair holds from one quarterly version to another, and those of the
oldest version may have begun before it.
"""

import marshal

from django.db import connection

from codes.importers import loading
from codes.importers.ptp import COLUMNS, TABLE
from codes.models import PtpEdit, Rationale, Release

SOURCE, OFFICIAL = "oce-pairs", "ptp-hospital"
RATIONALE = "Not in the outpatient code editor; its days are whole quarters, the first 2019-07-01 or before"
LEAST, MOST = 1_000_000, 10_000_000


def is_wanted():
    """Whether CMS's own file, which says more, is not loaded."""
    return not Release.objects.current().filter(source=OFFICIAL).exists()


def read(tables, versions):
    """Lines for COPY without what is the same in all: days, indicator, column one, column two, as bytes."""
    days = {
        (low, high): days_of(*versions.window(low, high), is_open=high == versions.newest)
        for low in versions.days
        for high in versions.days
        if low <= high
    }
    for (one,), pairs in tables.rows("map_ncci"):
        column_one = one.encode()
        for column_two, packed in pairs:
            row = marshal.loads(packed)  # noqa: S302 inside the file whose hash was checked
            window = days[row["lo_version"], row["hi_version"]]
            yield window, b"1" if row["mod_indicator"] else b"0", column_one, column_two


def days_of(first, last, is_open):
    """Both days for COPY; the last is empty where the newest version has the pair."""
    return f"{first}\t{chr(92)}N".encode() if is_open else f"{first}\t{last}".encode()


def write(this, lines):
    """Put the pairs in the place of those of an older version."""
    loading.lock("ptp")  # rationales are numbered by one load at a time
    setting = int(PtpEdit.Setting.HOSPITAL)
    PtpEdit.objects.filter(setting=setting).delete()
    begins, ends = b"%d\t%d\t" % (this.release.pk, setting), b"\t%d\tf\t" % rationale()
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({COLUMNS}) FROM STDIN") as stream:
        for count, (window, indicator, one, two) in enumerate(lines, 1):  # noqa: B007 counted to the end
            stream.write(begins + window + b"\t" + indicator + ends + one + b"\t" + two + b"\n")
    this.expect(count, LEAST, MOST, "pairs")
    this.release.row_count = this.release.added = count
    this.touched.add(TABLE)


def rationale():
    """The key of the one rationale that all of them have."""
    known = dict(Rationale.objects.values_list("text", "pk"))
    if RATIONALE not in known:
        known[RATIONALE] = max(known.values(), default=0) + 1
        Rationale.objects.create(pk=known[RATIONALE], text=RATIONALE)
    return known[RATIONALE]
