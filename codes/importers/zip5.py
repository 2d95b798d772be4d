"""CMS's ZIP5 file: the payment locality of each ZIP code, fixed width, a new one each quarter."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

from codes.importers import files, loading
from codes.importers.loading import Refused
from codes.importers.merging import Table
from codes.importers.pfs import last_day
from codes.importers.progress import quiet
from codes.importers.sheets import AS_PUBLISHED
from codes.importers.sources import Source
from codes.models import ZipLocality

SOURCE = "zip5"
LEAST, MOST = 35_000, 60_000  # 42,956 in October 2025
TABLE = Table(ZipLocality, ("zip",), ("state", "mac", "number", "is_split"), by_code=False, closes=True)
# columns from 1, the last one excluded; what they hold
FIELDS = (
    (1, 3, r"[A-Z]{2}", "a state"),
    (3, 8, r"\d{5}", "a ZIP code"),
    (8, 13, r"\d{5}", "a carrier"),
    (13, 15, r"\d{2}", "a locality"),
    (21, 22, r"[01]", "the plus four flag 0 or 1"),
    (76, 81, r"20\d\d[1-4]", "a year and quarter"),
)
LINE = re.compile(r"([A-Z]{2})(\d{5})(\d{5})(\d{2}).{6}([01]).{54}(20\d\d[1-4])\s*")


def load(path, asked, progress=quiet):
    """Load a quarter; each line names it."""
    path = Path(path)
    rows, quarter = read(path)
    first = asked.effective_on or date(int(quarter[:4]), 3 * int(quarter[4]) - 2, 1)
    edition = loading.Edition(
        source=SOURCE,
        edition=asked.edition or f"{first.year} Q{(first.month + 2) // 3}",
        effective_on=first,
        ends_on=asked.ends_on or last_day(first),
        source_file=path.name,
        files=(path,),
        notice="ZIP code to carrier locality file. Centers for Medicare & Medicaid Services; public domain.",
    )
    return loading.load(edition, lambda: rows, write, progress)


def read(path):
    """(rows in the order of `TABLE`, the year and quarter that most lines name); raises `Refused` with line, column."""
    name, text = files.text_of(path, r"ZIP5_[^/]*\.txt$", "cp1252")
    found, quarters = {}, Counter()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        told = LINE.fullmatch(line)
        if told is None:
            raise wrong(name, number, line)
        state, zip_code, mac, locality, flag, quarter = told.groups()
        if zip_code in found:
            raise Refused(f"{files.where(name, number, 3)}: the ZIP code {zip_code} stands in it twice.")
        found[zip_code] = (zip_code, state, mac, locality, flag == "1")
        quarters[quarter] += 1
    return list(found.values()), quarters.most_common(1)[0][0]


def wrong(name, number, line):
    """The refusal of a line, at the first column that is not as it should be."""
    for first, after, pattern, what in FIELDS:
        cell = line[first - 1 : after - 1]
        if not re.fullmatch(pattern, cell):
            return Refused(f"{files.where(name, number, first)}: “{cell}” is not {what}. {AS_PUBLISHED}")
    return Refused(
        f"{files.where(name, number)}: it has {len(line)} characters, not 80. See that it is ZIP5."
    )


def write(this, rows):
    """Put the ZIP codes in."""
    this.expect(len(rows), LEAST, MOST, "ZIP codes")
    this.progress(0.4, "ZIP codes")
    this.merge(TABLE, rows, is_main=True)


SOURCES = [
    Source(
        SOURCE,
        "ZIP code to payment locality of a quarter (the text file ZIP5)",
        "https://www.cms.gov/medicare/payment/fee-schedules",
        True,
        load,
    )
]
