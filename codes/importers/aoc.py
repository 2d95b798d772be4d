"""CMS's list of add-on codes with the primary codes that they are reported beside."""

import re
from datetime import date, timedelta

from codes.importers import cpt_numbers, loading
from codes.importers.files import text_of, where
from codes.importers.loading import Refused
from codes.importers.merging import Table, Told
from codes.importers.ncci_files import CODE, before_of, days_of
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import AddOnEdit
from codes.models.edits import WHATEVER_PRIMARY

PUBLISHED = (
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-add-code-edits"
)
HEADING = (
    "AOC_Edit_Type",
    "Add-On_Code",
    "AOC_DelDT",
    "Primary_Code",
    "Primary_Code_DelDT",
    "AOC_Edit_EffDT",
    "AOC_Edit_DelDT",
    "Special_Instruction_Notes",
)
LEAST, MOST = 2_000, 40_000  # lines
KEPT = 0.8  # an edition has at least this share of the lines of the one before
PRIMARY = re.compile(f"{CODE.pattern}|{WHATEVER_PRIMARY}")
DATE = re.compile(r"(?:(?:19|20)\d\d(?:00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6]))?")
WORDS = re.compile(r"[^\t\n]{0,1000}")
PATTERNS = (re.compile("[123]"), CODE, DATE, PRIMARY, DATE, DATE, DATE, WORDS)
NOTICE = "Add-on code edits. Centers for Medicare & Medicaid Services; numbers only."
ADDONS = Table(
    AddOnEdit,
    ("addon_code", "primary_code", "edit_type"),
    ("addon_ended_on", "primary_ended_on", "edit_began_on", "edit_ended_on", "instruction"),
    by_code=False,
    closes=True,
    told=Told("add-on edit", "t.addon_code || ' ' || t.primary_code", "'type ' || t.edit_type"),
)


def load(path, asked, progress=quiet):
    """Load one edition: CMS's zip or the text file in it. Returns the outcome."""
    days = days_of(path, asked, by_year=True)
    edition = loading.Edition(
        source="aoc",
        edition=days.edition,
        effective_on=days.first,
        ends_on=days.last,
        source_file=path.name,
        files=(path,),
        notice=NOTICE,
    )
    return loading.load(edition, lambda: read(path), write, progress)


def read(path):
    """Rows of `ADDONS`, each once; raises `Refused` with file, line and column."""
    name, text = text_of(path, r"\.txt$", "cp1252")
    lines = text.split("\n")
    if tuple(lines[0].strip().split("\t")) != HEADING:
        raise Refused(f"{where(name, 1, 1)}: the columns of this source are {', '.join(HEADING)}.")
    numbered = enumerate(lines[1:], 2)
    return list(dict.fromkeys(checked(line, name, number) for number, line in numbered if line.strip()))


def checked(line, name, number):
    """One line as a row of `ADDONS`."""
    fields = line.split("\t")
    if len(fields) != len(HEADING):
        place = where(name, number, len(line) + 1)
        raise Refused(f"{place}: {len(fields)} columns stand where {len(HEADING)} should. Fetch it again.")
    for at, (pattern, field) in enumerate(zip(PATTERNS, fields, strict=True)):
        if not pattern.fullmatch(field):
            place = where(name, number, sum(len(each) + 1 for each in fields[:at]) + 1)
            raise Refused(f"{place}: “{field[:40]}” is no {HEADING[at]}.")
    kind, addon, addon_ended, primary, primary_ended, began, ended, instruction = fields
    dates = map(day, (addon_ended, primary_ended, began, ended))
    return (addon, primary, int(kind), *dates, instruction.strip())


def day(text):
    """A date out of YYYYDDD (the day's number in its year); None where it is empty."""
    return date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:]) - 1) if text else None


def write(this, rows):
    """Put one edition in; descriptors without words then say whether their codes are add-on codes."""
    this.expect(len(rows), max(LEAST, int(before_of(this) * KEPT)), MOST, "lines")
    this.merge(ADDONS, rows, is_main=True)
    named = {code for addon, primary, *_ in rows for code in (addon, primary)}
    cpt_numbers.ensure(this, named)


SOURCES = [Source("aoc", "NCCI add-on code edits", PUBLISHED, True, load)]
