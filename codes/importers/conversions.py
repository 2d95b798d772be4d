"""NCHS's conversion table: each new ICD-10-CM code with what was reported before it, and since when."""

import re
from datetime import date, timedelta

from codes.importers import files, fiscal, loading
from codes.importers.merging import Table
from codes.importers.sources import Source
from codes.models import CodeConversion
from codes.note_text import undotted

SOURCE = "icd10cm-conversions"
FILE = r"conversion.*\.xlsx$"
LEAST, MOST = 1_500, 20_000  # the table only grows: 5,892 lines in FY2026
NOTICE = "ICD-10-CM conversion table, {}. National Center for Health Statistics; public domain."
HEADING = ("Current code assignment", "Effective", "Previous Code(s) Assignment")
CODE = r"[A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.?[0-9A-Z]{1,4})?"
NAMED = re.compile(rf"({CODE})(?:\s*[-–]\s*({CODE}))?")
EXCEL_BEGINS = date(1899, 12, 30)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CONVERSIONS = Table(
    CodeConversion, ("current", "converted_on", "previous"), ("previous_codes",), by_code=False
)


def load(path, asked, progress=loading.quiet):
    """Load the table, a workbook or its zip."""
    name, title, rows = read(path)
    about = fiscal.about(asked, name, path.name, title)
    edition = loading.Edition(
        source=SOURCE,
        source_file=path.name,
        files=(path,),
        notice=NOTICE.format(about["edition"]),
        **about,
    )
    return loading.load(edition, lambda: rows, write, progress)


def read(path):
    """(name, what it calls its year, rows of `CONVERSIONS`) of the workbook; raises `Refused` with the row."""
    name, sheet = files.sheet_of(path, FILE)
    title, rows, begun = "", [], False
    for number, row in enumerate(sheet, 1):
        cells = [" ".join((cell or "").split()) for cell in (*row, None, None, None)[:3]]
        if not begun:
            begun = tuple(cells) == HEADING
            title = title or year_in(cells[0])
        elif any(cells):
            rows.append(conversion(cells, files.where(name, number)))
    if not begun:
        raise loading.Refused(f"{name} has no line “{' | '.join(HEADING)}”: it is not the conversion table.")
    return name, title, rows


def year_in(text):
    """`FY2026` out of the table's heading."""
    found = re.search(r"FY ?(20\d\d)", text)
    return f"FY{found[1]}" if found else ""


def conversion(cells, where):
    """A row of `CONVERSIONS`: code, day, previous as printed, the codes in it."""
    current, since, previous = cells
    if not re.fullmatch(CODE, current):
        raise loading.Refused(f"{where}, column 1: “{current[:40]}” is no ICD-10-CM code.")
    if not previous or len(previous) > 500:
        raise loading.Refused(f"{where}, column 3: the previous codes are missing, or too long.")
    return undotted(current), day(since, where), previous, previous_codes(previous)


def day(text, where):
    """A year means 1 October of it, a larger number is Excel's count of days."""
    number = int(text) if re.fullmatch(r"\d{4,5}", text) else 0
    if 2013 <= number <= 2060:
        return date(number, 10, 1)
    if 41_000 <= number <= 59_000:
        return EXCEL_BEGINS + timedelta(days=number)
    raise loading.Refused(f"{where}, column 2: “{text[:40]}” is neither a year nor a day.")


def previous_codes(text):
    """The codes named, undotted; a range that differs in its last character is written out, one of categories left."""
    codes = []
    for first, last in NAMED.findall(text):
        codes += between(undotted(first), undotted(last)) if last else [undotted(first)]
    return list(dict.fromkeys(codes))


def between(first, last):
    """The codes of a range."""
    if len(first) != len(last) or first[:-1] != last[:-1] or len(first) < 4:
        return [first, last]
    characters = ALPHABET[ALPHABET.index(first[-1]) : ALPHABET.index(last[-1]) + 1]
    return [first[:-1] + character for character in characters]


def write(this, rows):
    """Put the table in."""
    this.expect(len(rows), LEAST, MOST, "lines")
    this.merge(CONVERSIONS, rows, is_main=True)


SOURCES = [
    Source(
        SOURCE,
        "ICD-10-CM conversion table: new codes and what they were reported by before",
        "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
        True,
        load,
    )
]
