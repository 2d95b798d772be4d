"""The physician fee schedule: CMS's zip of relative values of a quarter, as it comes (RVU25D.zip).

The zip holds PPRRVU (units and indicators by code), GPCI, localities, anesthesia factors and OPPSCAP. From 2026 it has
PPRRVU twice, with the conversion factors of clinicians outside and inside an advanced payment model. PPRRVU alone, as
a plain file, loads the units without localities.
"""

import calendar
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from codes.importers import cpt_numbers, files, loading, pfs_rows
from codes.importers.loading import Refused
from codes.importers.merging import Table, Told
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import Locality, OppsCap, RelativeValue

SOURCE = "pfs"
LEAST, MOST = 15_000, 30_000  # 19,090 in October 2025
LEAST_LOCALITIES, MOST_LOCALITIES = 80, 200  # 109
MOST_CAPS = 100_000  # 16,100
VALUES = Table(
    RelativeValue,
    ("procedure", "modifier"),
    (
        "status",
        "not_used_for_medicare",
        "work",
        "nonfacility_pe",
        "nonfacility_na",
        "facility_pe",
        "facility_na",
        "malpractice",
        "nonfacility_total",
        "facility_total",
        "pctc",
        "global_days",
        "preoperative",
        "intraoperative",
        "postoperative",
        "multiple_procedures",
        "bilateral",
        "assistant",
        "co_surgeons",
        "team",
        "endoscopic_base",
        "conversion_factor",
        "qpp_conversion_factor",
        "supervision",
        "calculation_flag",
        "imaging_family",
        "opps_nonfacility_pe",
        "opps_facility_pe",
        "opps_malpractice",
    ),
    by_code=False,
    closes=True,
    # values stand behind an account, so the diff says only that they changed
    told=Told(
        "RVUs or global days",
        "t.procedure || CASE t.modifier WHEN '' THEN '' ELSE ' ' || t.modifier END",
        differs="concat_ws(' ', t.status, t.work, t.nonfacility_pe, t.facility_pe, t.malpractice, t.global_days)",
    ),
)
LOCALITIES = Table(
    Locality,
    ("mac", "number"),
    (
        "state",
        "name",
        "work",
        "practice_expense",
        "malpractice",
        "counties",
        "work_floor",
        "anesthesia_factor",
        "national_anesthesia_factor",
    ),
    by_code=False,
    closes=True,
)
CAPS = Table(
    OppsCap,
    ("procedure", "modifier", "mac", "number"),
    ("facility", "nonfacility"),
    by_code=False,
    closes=True,
)
QPP_FACTOR = VALUES.columns.index("qpp_conversion_factor")
FACTOR = VALUES.columns.index("conversion_factor")
HEADING = re.compile(
    r"(20\d\d) National Physician Fee Schedule.*?(January|April|July|October)", re.IGNORECASE
)
ZIP_NAME = re.compile(r"RVU(\d\d)([A-D])", re.IGNORECASE)
QUARTERS = ("January", "April", "July", "October")


@dataclass
class Schedule:
    """What a zip holds, in the order of the tables above; `heading` is PPRRVU's, as lines of text."""

    heading: list
    values: list
    localities: list = field(default_factory=list)
    caps: list = field(default_factory=list)
    is_whole: bool = True


def load(path, asked, progress=quiet):
    """Load a quarter; its days and name come from the heading of PPRRVU, or from what is asked."""
    path = Path(path)
    schedule = read(path)
    first = asked.effective_on or quarter_of(schedule.heading, path.name)
    edition = loading.Edition(
        source=SOURCE,
        edition=asked.edition or name_of(first),
        effective_on=first,
        ends_on=asked.ends_on or last_day(first),
        source_file=path.name,
        files=(path,),
        notice=" ".join(line for line in schedule.heading if "copyright" in line.lower()),
    )
    return loading.load(edition, lambda: schedule, write, progress)


def quarter_of(heading, name):
    """The first day of the quarter that the heading names, else the file's name; raises `Refused` if neither does."""
    told = HEADING.search(" ".join(heading))
    if told:
        return date(int(told[1]), 1 + 3 * QUARTERS.index(told[2].capitalize()), 1)
    named = ZIP_NAME.search(name)
    if named:
        return date(2000 + int(named[1]), 1 + 3 * "ABCD".index(named[2].upper()), 1)
    raise Refused(f"{name} does not say which quarter it is: give --edition and --effective YYYY-MM-DD.")


def name_of(first):
    """`2025 Q4 (RVU25D)`."""
    quarter = (first.month - 1) // 3
    return f"{first.year} Q{quarter + 1} (RVU{first:%y}{'ABCD'[quarter]})"


def last_day(first):
    """The last day of the quarter that begins then."""
    month = first.month + 2 - (first.month - 1) % 3
    return date(first.year, month, calendar.monthrange(first.year, month)[1])


def read(path):
    """The `Schedule` in a zip, or in PPRRVU alone; raises `Refused` with file, line and column."""
    heading, rows = values(path)
    if not zipfile.is_zipfile(path):
        return Schedule(heading, rows, is_whole=False)
    national, factors = pfs_rows.anesthesia(path)
    floor, indices = pfs_rows.indices(path)
    counties = pfs_rows.counties(path)
    localities = [(*row, counties.get(row[:2], ""), floor, factors.get(row[:2]), national) for row in indices]
    return Schedule(heading, rows, localities, pfs_rows.caps(path))


def values(path):
    """(heading, rows) of PPRRVU; a second one with the factor of advanced payment models is joined to the first."""
    names = [Path(name).name for name in files.names(path)]
    found = [name for name in names if re.search(r"PPRRVU[^/]*\.csv$", name, re.IGNORECASE)] or names[:1]
    inside = [name for name in found if re.search(r"(?<!NON)(?<!NON[-_ ])QPP", name, re.IGNORECASE)]
    outside = [name for name in found if name not in inside]
    if len(outside) != 1 or len(inside) > 1:
        raise Refused(f"{Path(path).name} must hold one PPRRVU file, or one for QPP and one for non-QPP.")
    read = pfs_rows.values(path, outside[0])
    return read.heading, joined(
        read.rows, pfs_rows.values(path, inside[0]).rows, inside[0]
    ) if inside else read.rows


def joined(rows, others, name):
    """Rows with the conversion factor of their partner in the second file, which says the same otherwise."""
    partners = {row[:2]: row for row in others}
    for row in rows:
        partner = partners.get(row[:2])
        if partner is None or without_factor(partner) != without_factor(row):
            told = " ".join(filter(None, row[:2]))
            raise Refused(
                f"{name}: {told} differs from the other PPRRVU file in more than its conversion factor."
            )
    return [(*row[:QPP_FACTOR], partners[row[:2]][FACTOR], *row[QPP_FACTOR + 1 :]) for row in rows]


def without_factor(row):
    """A row without its conversion factor."""
    return row[:FACTOR] + row[QPP_FACTOR:]


def write(this, schedule):
    """Write a quarter; every CPT and HCPCS number in it gets its page."""
    this.expect(len(schedule.values), LEAST, MOST, "lines in PPRRVU")
    if schedule.is_whole:
        this.expect(len(schedule.localities), LEAST_LOCALITIES, MOST_LOCALITIES, "localities")
        this.expect(len(schedule.caps), 0, MOST_CAPS, "lines in OPPSCAP")
    this.progress(0.3, "codes")
    cpt_numbers.ensure(this, {row[0] for row in schedule.values})
    put(this, schedule)


def put(this, schedule):
    """Put the rows of a schedule in."""
    this.progress(0.5, "relative values")
    this.merge(VALUES, schedule.values, is_main=True)
    if schedule.is_whole:
        this.progress(0.8, "localities")
        this.merge(LOCALITIES, schedule.localities)
        this.merge(CAPS, schedule.caps)


SOURCES = [
    Source(
        SOURCE,
        "Physician fee schedule of a quarter: the zip with PPRRVU, GPCI, localities, anesthesia and OPPSCAP",
        "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
        True,
        load,
    )
]
