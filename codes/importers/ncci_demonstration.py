"""NCCI's edits among the demonstration codes: numbers read from CMS's files of 2024 Q3, until a real file is loaded.

Three tables in fixtures/. The copy that was read lacked most first days; those are left empty.
"""

import csv
from datetime import date
from functools import partial

from django.conf import settings

from codes.importers import aoc, loading, mue
from codes.importers.loading import Refused
from codes.importers.progress import quiet
from codes.models import PtpEdit, Rationale

QUARTER = (date(2024, 7, 1), date(2024, 9, 30))
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
NOTICE = "Numbers of CMS’s files of 2024 Q3, these codes only; no word of the American Medical Association is here."
COLUMNS = {
    "ptp": ["column_one", "column_two", "effective_on", "terminated_on", "indicator", "rationale"],
    "mue": ["setting", "code", "value", "adjudication", "rationale"],
    "addon": ["addon_code", "primary_code", "edit_type"],
}


def load_packaged(progress=quiet):
    """Load the three demonstrations, each unless a real file of its source is there."""
    outcomes = [load("ptp", "ptp-practitioner", QUARTER, write_pairs, progress)]
    outcomes += [
        load("mue", f"mue-{setting}", QUARTER, partial(write_limits, setting=setting), progress)
        for setting in mue.FILES
    ]
    outcomes.append(load("addon", "aoc", YEAR, write_addons, progress))
    return outcomes


def load(name, source, days, write, progress):
    """Load one table as a demonstration edition of a source."""
    path = settings.BASE_DIR / "fixtures" / f"{name}_demonstration.csv"
    edition = loading.Edition(
        source=source,
        edition=f"{'2024' if days == YEAR else '2024 Q3'}, these codes only",
        effective_on=days[0],
        ends_on=days[1],
        source_file=path.name,
        files=(path,),
        notice=NOTICE,
        is_demonstration=True,
    )
    return loading.load(edition, lambda: read(path, COLUMNS[name]), write, progress)


def read(path, columns):
    """The rows of a table that has these columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != columns:
            raise Refused(f"{path.name}: its first line must be {','.join(columns)}.")
        return list(reader)


def write_pairs(this, rows):
    """Put the pairs in; the release speaks from the first day that a row tells."""
    loading.lock("ptp")
    keys = {
        text: Rationale.objects.get_or_create(text=text, defaults={"pk": number})[0].pk
        for number, text in enumerate(
            sorted({row["rationale"] for row in rows}), Rationale.objects.count() + 1
        )
    }
    PtpEdit.objects.bulk_create(
        PtpEdit(
            release=this.release,
            setting=PtpEdit.Setting.PRACTITIONER,
            column_one=row["column_one"],
            column_two=row["column_two"],
            effective_on=row["effective_on"] or None,
            terminated_on=row["terminated_on"] or None,
            indicator=row["indicator"],
            rationale_id=keys[row["rationale"]],
            is_before_1996=False,
        )
        for row in rows
    )
    this.release.effective_on = min(row["effective_on"] for row in rows if row["effective_on"])
    this.release.row_count = this.release.added = len(rows)
    this.touched.add("codes_ptpedit")


def write_limits(this, rows, setting):
    """Put the limits of one setting in."""
    wanted = [
        (setting, row["code"], int(row["value"]), row["adjudication"], row["rationale"])
        for row in rows
        if row["setting"] == setting
    ]
    this.merge(mue.MUES, wanted, is_main=True)


def write_addons(this, rows):
    """Put the add-on codes in."""
    lines = [
        (row["addon_code"], row["primary_code"], int(row["edit_type"]), None, None, None, None, "")
        for row in rows
    ]
    this.merge(aoc.ADDONS, lines, is_main=True)
