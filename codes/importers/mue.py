"""Medically unlikely edits as CMS publishes them: three files, one for each kind of provider."""

import csv
import io
import re
from functools import partial

from codes.importers import cpt_numbers, loading
from codes.importers.files import text_of, where
from codes.importers.loading import Refused
from codes.importers.merging import Table, Told
from codes.importers.ncci_files import CODE, before_of, days_of
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import MueEdit

PUBLISHED = (
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-medically-unlikely-edits"
)
# setting → (its name in the heading of the value column, least and most lines)
FILES = {
    "practitioner": ("Practitioner", 5_000, 40_000),
    "outpatient": ("Outpatient Hospital", 5_000, 40_000),
    "dme": ("DME Supplier", 1_000, 20_000),
}
KEPT = 0.8  # an edition has at least this share of the lines of the one before
HEADING = ("HCPCS/CPT Code", "{} Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale")
VALUE = re.compile(r"\d{1,6}")
ADJUDICATION = re.compile(r"[123] [A-Za-z][A-Za-z :]{3,50}")
RATIONALE = re.compile(r"[A-Za-z][\w ,.:;&()/–’'-]{3,119}")
MUES = Table(
    MueEdit,
    ("setting", "code"),
    ("value", "adjudication", "rationale"),
    by_code=False,
    closes=True,
    told=Told("MUE", "t.code", "t.value || ', MAI ' || t.adjudication || ', ' || t.rationale"),
)


def load(path, asked, progress=quiet, setting="practitioner"):
    """Load one edition of one setting: CMS's zip or the csv in it. Returns the outcome."""
    days = days_of(path, asked)
    edition = loading.Edition(
        source=f"mue-{setting}",
        edition=days.edition,
        effective_on=days.first,
        ends_on=days.last,
        source_file=path.name,
        files=(path,),
    )
    return loading.load(edition, lambda: read(path, setting), partial(write, setting=setting), progress)


def read(path, setting):
    """(rows of `MUES`, the file's notice); raises `Refused` with file, line and column."""
    name, text = text_of(path, r"\.csv$", "cp1252")
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, notice = {}, ""
    try:
        notice = heading(lines, setting, name)
        for fields in lines:
            if any(fields):
                row = checked(fields, f"{name}", lines.line_num)
                if row[0] in rows:
                    raise Refused(f"{where(name, lines.line_num, 1)}: {row[0]} was there before.")
                rows[row[0]] = (setting, *row)
    except csv.Error as error:
        raise Refused(f"{where(name, lines.line_num)}: {error}. Fetch the file again.") from error
    refuse_half_line(text, rows, name)
    return list(rows.values()), notice


def heading(lines, setting, name):
    """The notice above the heading; raises `Refused` where the heading is another's."""
    wanted = [title.format(FILES[setting][0]) for title in HEADING]
    notice = ""
    for fields in lines:
        found = [" ".join(field.split()) for field in fields]
        if found[:4] == wanted:
            return notice
        if fields and "copyright" in fields[0].lower():
            notice = " ".join(fields[0].split())[:400]
        if lines.line_num > 40 or found[:1] == wanted[:1]:
            break
    raise Refused(
        f"{where(name, max(lines.line_num, 1))}: the columns of this source are {', '.join(wanted)}. "
        "Give the file of this setting as CMS publishes it."
    )


def checked(fields, name, number):
    """(code, value, adjudication, rationale) of one line."""
    patterns = (CODE, VALUE, ADJUDICATION, RATIONALE)
    if len(fields) != 4:
        raise Refused(f"{where(name, number)}: {len(fields)} columns stand where 4 should. Fetch it again.")
    for at, (pattern, field) in enumerate(zip(patterns, fields, strict=True)):
        if not pattern.fullmatch(field):
            column = sum(len(each) + 1 for each in fields[:at]) + 1
            what = HEADING[at].format("").strip()
            raise Refused(f"{where(name, number, column)}: “{field[:40]}” is no {what}.")
    return fields[0], int(fields[1]), fields[2], fields[3]


def refuse_half_line(text, rows, name):
    """Refuse a file that ends inside a line: its last rationale is then no other's."""
    if text.endswith("\n") or not rows:
        return
    *_, last = rows.values()
    if sum(row[-1] == last[-1] for row in rows.values()) == 1:
        raise Refused(f"{name} ends in the middle of its last line. Fetch it again.")


def write(this, found, setting):
    """Put one edition in."""
    rows, notice = found
    _, least, most = FILES[setting]
    this.expect(len(rows), max(least, int(before_of(this) * KEPT)), most, "codes")
    this.release.notice = notice
    this.merge(MUES, rows, is_main=True)
    cpt_numbers.ensure(this, (row[1] for row in rows))


def dump(setting, on):
    """The limits of a setting that hold on a day, as the rows of CMS's file in its order."""
    rows = MueEdit.objects.filter(setting=setting).in_force(on).order_by("code")
    return [list(map(str, row)) for row in rows.values_list("code", "value", "adjudication", "rationale")]


SOURCES = [
    Source(
        f"mue-{setting}",
        f"NCCI medically unlikely edits, {MueEdit.Setting(setting).label.lower()}",
        PUBLISHED,
        True,
        partial(load, setting=setting),
    )
    for setting in FILES
]
