"""Anesthesia base units: CMS's yearly table of codes and units, as a workbook or as text."""

import re
from datetime import date
from pathlib import Path

from codes.importers import cpt_numbers, files, loading, xlsx
from codes.importers.loading import Refused
from codes.importers.merging import Table
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import AnesthesiaBase

SOURCE = "anesthesia-base-units"
LEAST, MOST = 200, 400  # some 275
TABLE = Table(AnesthesiaBase, ("procedure",), ("units",), by_code=False, closes=True)
CODE = re.compile(r"0[01]\d{3}|1?\d{3}(\.0)?")  # Excel drops the zero in front
UNITS = re.compile(r"\d{1,2}(\.0)?")
SPACES = re.compile(r"[\t,;]|\s{2,}")
YEAR = re.compile(r"20\d\d")


def load(path, asked, progress=quiet):
    """Load a year, named by the file or by what is asked."""
    path = Path(path)
    name, rows = table(path)
    year = YEAR.search(f"{path.name} {name}")
    if not (asked.effective_on or year):
        raise Refused(f"{path.name} does not say its year: give --edition and --effective YYYY-MM-DD.")
    first = asked.effective_on or date(int(year[0]), 1, 1)
    edition = loading.Edition(
        source=SOURCE,
        edition=asked.edition or str(first.year),
        effective_on=first,
        ends_on=asked.ends_on or date(first.year, 12, 31),
        source_file=path.name,
        files=(path,),
        notice="Anesthesia base units. Centers for Medicare & Medicaid Services; public domain.",
    )
    return loading.load(edition, lambda: read(name, rows), write, progress)


def table(path):
    """(name, rows of cells with their line numbers) of a workbook or a text, alone or in a zip."""
    pattern = r"base[^/]*unit[^/]*\.(xlsx|csv|txt)$"
    if path.suffix.lower() == ".xlsx":
        return path.name, list(enumerate(xlsx.rows(path), 1))
    with files.opened(path, pattern) as member:
        if member.name.lower().endswith(".xlsx"):
            return member.name, list(enumerate(xlsx.rows(member.stream, name=member.name), 1))
        text = files.decoded(member.stream.read(), member.name, "cp1252")
    return member.name, [
        (number, SPACES.split(line.strip())) for number, line in enumerate(text.split("\n"), 1)
    ]


def read(name, rows):
    """Code and base units of each row below the heading; other columns, such as words, are not kept.

    Raises `Refused` where a row that begins with a code does not end with its units.
    """
    found = {}
    for number, row in rows:
        cells = [str(cell).strip() for cell in row if cell and str(cell).strip()]
        if not cells or not CODE.fullmatch(cells[0]):
            continue
        if len(cells) < 2 or not UNITS.fullmatch(cells[-1]):
            raise Refused(f"{files.where(name, number)}: its last cell is not a number of base units.")
        code = cells[0].partition(".")[0].zfill(5)
        if found.setdefault(code, units := int(float(cells[-1]))) != units:
            raise Refused(f"{files.where(name, number)}: {code} stands in it twice, with other units.")
    return list(found.items())


def write(this, rows):
    """Put the units in; every code gets its page."""
    this.expect(len(rows), LEAST, MOST, "anesthesia codes")
    cpt_numbers.ensure(this, {row[0] for row in rows})
    this.merge(TABLE, rows, is_main=True)


SOURCES = [
    Source(
        SOURCE,
        "Anesthesia base units of a year (code and units)",
        "https://www.cms.gov/medicare/payment/fee-schedules/anesthesiologists-center",
        False,
        load,
    )
]
