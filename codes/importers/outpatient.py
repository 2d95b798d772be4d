"""The public part of the outpatient code editor's tables: payment status, edits of diagnoses, hospital pairs.

The tables hold for quarterly versions; each row's versions become its days here. Of a procedure only its number and
its numbers are read: no word of the American Medical or Dental Association leaves the file.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection

from codes.importers import loading, outpatient_names, outpatient_package, outpatient_pairs
from codes.importers.merging import copy
from codes.importers.ncci_files import quarter
from codes.importers.progress import quiet
from codes.models import DiagnosisEdit, OutpatientStatus
from codes.ncci import first_of_quarter

NOTICE = (
    "Tables of the Integrated Outpatient Code Editor, version {}, as the package pyoce 0.1.0 carries them. "
    "Centers for Medicare & Medicaid Services; public domain. No descriptor of CPT or CDT is taken from them."
)
NO_AGE_LIMIT = (0, 124)
NO_APC = "00000"
LEAST = {"oce-diagnoses": 5_000, "oce-status": 15_000}
MOST = 200_000
WINDOW = ("release_id", "effective_on", "terminated_on")


@dataclass(frozen=True)
class Versions:
    """The editor's versions with their days; the newest ends with its quarter (the tables say 2036)."""

    days: dict
    newest: int
    name: str

    @classmethod
    def of(cls, tables):
        """The versions that the tables speak of."""
        rows = {int(key[0]): row for key, row in tables.rows("version_range")}
        newest = max(rows)
        days = {number: (day(row["date_started"]), day(row["date_ended"])) for number, row in rows.items()}
        first = days[newest][0]
        days[newest] = (first, quarter(first).last)
        return cls(days, newest, rows[newest]["version_id"])

    @property
    def first(self):
        """The first day of the oldest version."""
        return min(first for first, _ in self.days.values())

    @property
    def last(self):
        """The last day of the newest version."""
        return self.days[self.newest][1]

    @property
    def edition(self):
        """`I/OCE 27.1.0, 2026 Q2`."""
        return f"I/OCE {self.name}, {quarter(self.days[self.newest][0]).edition}"

    def window(self, low, high):
        """(first day, last day) of a row that holds from one version to another."""
        return self.days[low][0], self.days[high][1]


def day(number):
    """20260401 as a date."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def load(path, progress=quiet):
    """Load every table of a wheel; returns the outcomes, or raises `Refused` with nothing changed by that table."""
    with outpatient_package.opened(path) as tables:
        versions = Versions.of(tables)
        return [load_one(path, tables, versions, part, progress) for part in wanted()]


def wanted():
    """The tables to load: hospital pairs only while CMS's own file of them is not there."""
    return PARTS if outpatient_pairs.is_wanted() else PARTS[:-1]


def load_one(path, tables, versions, part, progress):
    """Load one table as a release of its own."""
    source, read, write = part
    edition = loading.Edition(
        source=source,
        edition=versions.edition,
        effective_on=versions.first,
        ends_on=versions.last,
        source_file=path.name,
        files=(path,),
        notice=NOTICE.format(versions.name),
    )
    return loading.load(edition, lambda: read(tables, versions), write, progress)


def diagnoses(tables, versions):
    """Rows of `DiagnosisEdit`: first day, last day, diagnosis, ages, manifestation, unacceptable principal."""
    said = (
        (key[0], int(key[1]), int(key[2]), diagnosis(row))
        for key, row in tables.rows("data_dx10")
        if any(value not in (None, False) for value in diagnosis(row))
    )
    return list(joined(said, versions))


def diagnosis(row):
    """(lowest age, highest age, is a manifestation, is refused as principal diagnosis); ages None without a limit."""
    ages = int(row["lo_age"]), int(row["hi_age"])
    low, high = (None, None) if ages == NO_AGE_LIMIT else ages
    refused = bool(row["unacceptable_pdx"] and not row["unacceptable_pdx_exclusion"])
    return low, high, bool(row["manifestation"]), refused


def statuses(tables, versions):
    """(rows of `OutpatientStatus`: first day, last day, code, status, APC; the words of HCPCS Level II codes now)."""
    said, words = [], {}
    for (code, low, high), row in tables.rows("data_hcpcs"):
        said.append((code, int(low), int(high), (row["status_indicator"], apc(row["apc"]))))
        if int(high) == versions.newest:
            words[code] = outpatient_names.words_of(code, row)
    return list(joined(said, versions)), words


def apc(value):
    """The APC's five digits; empty for none."""
    return "" if value == NO_APC else value


def joined(rows, versions):
    """(first day, last day, code, *content) of each run of versions in which a code says the same.

    `rows` are (code, first version, last version, content), sorted by code.
    """
    for code, group in groupby(rows, key=lambda row: row[0]):
        runs = []
        for _, low, high, content in sorted(group, key=lambda row: row[1]):
            if runs and runs[-1][1] + 1 == low and runs[-1][2] == content:
                runs[-1][1] = high
            else:
                runs.append([low, high, content])
        for low, high, content in runs:
            yield (*versions.window(low, high), code, *content)


def write_diagnoses(this, rows):
    """Put the edits of diagnoses in the place of those of an older version."""
    columns = ("diagnosis", "lowest_age", "highest_age", "is_manifestation", "is_unacceptable_principal")
    replace(this, DiagnosisEdit, columns, rows)


def write_statuses(this, found):
    """The same for payment statuses; the codes of the newest version get their place on the site."""
    rows, words = found
    replace(this, OutpatientStatus, ("procedure", "status", "apc"), rows)
    firsts = {}
    for first, _, code, *_ in rows:
        firsts[code] = min(first, firsts.get(code, first))
    newest = {code: firsts[code] for code in words}
    outpatient_names.ensure(this, newest, words, since=first_of_quarter(this.edition.ends_on))


def replace(this, model, columns, rows):
    """The tables carry their history, so the newest ones alone stand."""
    this.expect(len(rows), LEAST[this.edition.source], MOST, "rows")
    table = model._meta.db_table
    model.objects.all().delete()
    with connection.cursor() as cursor:
        copy(cursor, table, (*WINDOW, *columns), ([this.release.pk, *row] for row in rows))
    this.release.row_count = this.release.added = len(rows)
    this.touched.add(table)


PARTS = (
    ("oce-diagnoses", diagnoses, write_diagnoses),
    ("oce-status", statuses, write_statuses),
    (outpatient_pairs.SOURCE, outpatient_pairs.read, outpatient_pairs.write),
)
