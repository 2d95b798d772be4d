"""NCCI procedure-to-procedure edits as CMS publishes them, for practitioners and for outpatient hospitals.

A file carries its whole history, so the newest edition alone stands in the table: what it does not change keeps its
row, and an older file that comes after it is only recorded.
"""

from datetime import date
from functools import partial

from django.db import connection

from codes.importers import cpt_numbers, loading
from codes.importers.files import names
from codes.importers.loading import Refused
from codes.importers.ncci_files import before_of, days_of, newer_of
from codes.importers.progress import quiet
from codes.importers.ptp_rows import PtpFile, parts
from codes.importers.sources import Source
from codes.models import PtpEdit, Rationale

PUBLISHED = (
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-procedure-procedure-ptp-edits"
)
SETTINGS = {"ptp-practitioner": PtpEdit.Setting.PRACTITIONER, "ptp-hospital": PtpEdit.Setting.HOSPITAL}
LEAST, MOST = 200_000, 8_000_000  # edits of an edition, ended ones included
KEPT = 0.9  # an edition has at least this share of the lines of the one before: lines end, they do not go
TABLE = "codes_ptpedit"
COLUMNS = (
    "release_id, setting, effective_on, terminated_on, indicator, rationale_id, is_before_1996, "
    "column_one, column_two"
)
SAME = """t.setting = s.setting AND t.column_one = s.column_one AND t.column_two = s.column_two
    AND COALESCE(t.effective_on, '-infinity') = COALESCE(s.effective_on, '-infinity')
    AND COALESCE(t.terminated_on, 'infinity') = COALESCE(s.terminated_on, 'infinity')
    AND t.indicator = s.indicator AND t.rationale_id = s.rationale_id AND t.is_before_1996 = s.is_before_1996"""
STAGE = "CREATE TEMPORARY TABLE staged_ptp ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"
COME = """CREATE TEMPORARY TABLE come_ptp ON COMMIT DROP AS
SELECT s.* FROM staged_ptp AS s WHERE NOT EXISTS (SELECT FROM {table} AS t WHERE {same})"""
GONE = """CREATE TEMPORARY TABLE gone_ptp ON COMMIT DROP AS
SELECT t.* FROM {table} AS t
WHERE t.setting = %(setting)s AND NOT EXISTS (SELECT FROM staged_ptp AS s WHERE {same})"""
CHANGED = """CREATE TEMPORARY TABLE changed_ptp ON COMMIT DROP AS
SELECT column_one, column_two, effective_on,
    CASE WHEN gone.setting IS NULL THEN 'added'
        WHEN gone.terminated_on IS NULL AND (come.setting IS NULL OR come.terminated_on IS NOT NULL) THEN 'ended'
        ELSE 'changed' END AS change,
    gone.terminated_on AS ended_before, gone.indicator AS indicator_before,
    come.terminated_on AS ended_now, come.indicator AS indicator_now
FROM (SELECT * FROM come_ptp) AS come FULL JOIN (SELECT * FROM gone_ptp) AS gone
    USING (column_one, column_two, effective_on)"""
COUNT = """SELECT count(*) FILTER (WHERE change = 'added'), count(*) FILTER (WHERE change = 'changed'),
    count(*) FILTER (WHERE change = 'ended') FROM changed_ptp"""
REMOVE = "DELETE FROM {table} AS t USING gone_ptp WHERE t.id = gone_ptp.id"
INSERT = "INSERT INTO {table} ({columns}) SELECT {columns} FROM come_ptp"
DROP = "DROP TABLE staged_ptp, come_ptp, gone_ptp, changed_ptp"
RECORD = """
INSERT INTO codes_releasechange (release_id, what, change, subject, before, after)
SELECT %(release)s, 'PTP edit', change, column_one || ' ' || column_two,
    {before}, {after} FROM changed_ptp ORDER BY column_one, column_two, effective_on
"""
SAID = """CASE WHEN indicator_{when} IS NULL THEN '' ELSE concat_ws(' ', 'indicator', indicator_{when}, 'from',
    effective_on, 'to ' || ended_{when}::text) END"""
DUMP = """COPY (SELECT column_one, column_two, CASE WHEN is_before_1996 THEN '*' ELSE '' END,
    to_char(effective_on, 'YYYYMMDD'), COALESCE(to_char(terminated_on, 'YYYYMMDD'), '*'), indicator, rationale.text
FROM codes_ptpedit AS edit JOIN codes_rationale AS rationale ON rationale.id = edit.rationale_id
WHERE setting = {setting} ORDER BY edit.id) TO STDOUT"""


def load(path, asked, progress=quiet, source="ptp-practitioner"):
    """Load one edition: CMS's zip or text file, or a folder of its parts. Returns the outcome."""
    refuse_one_part(path)
    days = days_of(path, asked)
    edition = loading.Edition(
        source=source,
        edition=days.edition,
        effective_on=days.first,
        ends_on=days.last,
        source_file=path.name,
        files=tuple(parts(path)),
    )
    return loading.load(edition, lambda: PtpFile(path), write, progress)


def refuse_one_part(path):
    """A part alone would end the edits of all others."""
    told = next((name for name in (path.name, *names_of(path)) if "-f" in name.lower()), "")
    if told and not path.is_dir():
        raise Refused(
            f"{told} is one of several files of an edition. Put all of them into one folder and give the folder."
        )


def names_of(path):
    """The names in a zip."""
    return [] if path.is_dir() else names(path)


def write(this, file):
    """Bring the table to what the file says, or record it where a newer edition stands there."""
    loading.lock("ptp")  # rationales are numbered by one load at a time
    file.rationales.known.update(Rationale.objects.values_list("text", "pk"))
    setting = SETTINGS[this.edition.source]
    if newer_of(this):
        read_through(this, file, setting)
    elif PtpEdit.objects.filter(setting=setting).exists():
        merge(this, file, setting)
    else:
        copy(this, file, setting, TABLE)
        this.release.added = file.count
    finish(this, file)


def read_through(this, file, setting):
    """Read the file for its count; the newer edition holds its history."""
    for _ in lines(this, file, setting):
        pass


def copy(this, file, setting, table):
    """COPY the file's lines into a table, and see that they are a whole edition."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as stream:
        for piece in lines(this, file, setting):
            stream.write(piece)
    this.expect(file.count, max(LEAST, int(before_of(this) * KEPT)), MOST, "edits")


def lines(this, file, setting):
    """The pieces for COPY, with the progress told."""
    for piece in file.chunks(b"%d\t%d" % (this.release.pk, setting)):
        this.progress(min(0.02 + file.count / 3_500_000, 0.8), f"{file.count:,} edits")
        yield piece


def merge(this, file, setting):
    """Take over what a file changes against the edition in the table, and write down what that was."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        do(cursor, STAGE)
        copy(this, file, setting, "staged_ptp")
        cursor.execute("ANALYZE staged_ptp")
        for statement in (COME, GONE, CHANGED):
            do(cursor, statement, setting=int(setting))
        cursor.execute(COUNT)
        this.release.added, this.release.changed, this.release.ended = cursor.fetchone()
        do(cursor, RECORD, release=this.release.pk)
        for statement in (REMOVE, INSERT, DROP):
            do(cursor, statement)


def do(cursor, statement, **values):
    """Run one of the statements above."""
    before, after = SAID.format(when="before"), SAID.format(when="now")
    made = statement.format(table=TABLE, columns=COLUMNS, same=SAME, before=before, after=after)
    cursor.execute(made, values)


def finish(this, file):
    """New rationales, the numbers that have no page yet, and the first day that the file knows."""
    Rationale.objects.bulk_create(Rationale(pk=key, text=text) for text, key in file.rationales.new.items())
    this.progress(0.85, "codes")
    first = min(file.firsts.values()).decode()
    this.release.effective_on = first = date.fromisoformat(first)
    this.release.row_count = file.count
    this.release.notice = file.notice
    this.touched.add(TABLE)
    cpt_numbers.ensure(this, (code.decode() for code in file.codes), since=first)


def dump(cursor, setting):
    """The edits of a setting as CMS's lines (text, with tabs), in the order in which they were loaded."""
    with cursor.copy(DUMP.format(setting=int(setting))) as stream:
        for row in stream:
            yield bytes(row).decode().rstrip("\n")


SOURCES = [
    Source(
        "ptp-practitioner",
        "NCCI procedure-to-procedure edits, practitioner",
        PUBLISHED,
        True,
        partial(load, source="ptp-practitioner"),
    ),
    Source(
        "ptp-hospital",
        "NCCI procedure-to-procedure edits, outpatient hospital",
        PUBLISHED,
        False,
        partial(load, source="ptp-hospital"),
    ),
]
