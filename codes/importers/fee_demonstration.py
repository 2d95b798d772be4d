"""Fees of the demonstration codes: numbers read from CMS's files of 2025 Q4, until a real file is loaded.

Three tables in fixtures/, in columns of ours: units and indicators of the demonstration codes, some localities,
some ZIP codes. Each release says that it knows these only.
"""

import csv
from datetime import date

from django.conf import settings

from codes.importers import loading, pfs, zip5
from codes.importers.loading import Refused
from codes.importers.progress import quiet

DAYS = {"effective_on": date(2025, 10, 1), "ends_on": date(2025, 12, 31)}
BOOLEANS = {"not_used_for_medicare", "nonfacility_na", "facility_na", "is_split"}
NOTICE = (
    "Numbers of CMS’s relative value file RVU25D, these codes and localities only. CPT® codes only are copyright "
    "2024 American Medical Association; no word of theirs is here."
)


def load_packaged(progress=quiet):
    """Load both demonstrations, unless a real file of the source is there."""
    units, localities = fixture("pfs_demonstration"), fixture("localities_demonstration")
    fees = edition(pfs.SOURCE, "2025 Q4 (RVU25D), these codes only", (units, localities), NOTICE)
    zips = fixture("zip_localities_demonstration")
    places = edition(
        zip5.SOURCE,
        "2025 Q4, these ZIP codes only",
        (zips,),
        "From the ZIP code to carrier locality file. Centers for Medicare & Medicaid Services; public domain.",
    )
    return [
        loading.load(fees, lambda: schedule(units, localities), write_fees, progress),
        loading.load(places, lambda: rows(zips, zip5.TABLE.columns), write_places, progress),
    ]


def fixture(name):
    """One of our tables."""
    return settings.BASE_DIR / "fixtures" / f"{name}.csv"


def edition(source, name, files, notice):
    """A demonstration edition of these files."""
    return loading.Edition(
        source=source,
        edition=name,
        source_file=files[0].name,
        files=files,
        notice=notice,
        is_demonstration=True,
        **DAYS,
    )


def schedule(units, localities):
    """The `Schedule` in two tables."""
    return pfs.Schedule([], rows(units, pfs.VALUES.columns), rows(localities, pfs.LOCALITIES.columns))


def rows(path, columns):
    """The rows of a table that has these columns; an empty number is None, a yes is true."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != list(columns):
            raise Refused(f"{path.name}: its first line must be {','.join(columns)}.")
        return [tuple(value(name, row[name]) for name in columns) for row in reader]


def value(name, text):
    """A cell as its column wants it."""
    if name in BOOLEANS:
        return text == "yes"
    return None if not text and name.endswith(("factor", "floor")) else text


def write_fees(this, rows):
    """Put the fees in."""
    this.expect(len(rows.values), 1, 500, "lines")
    pfs.put(this, rows)


def write_places(this, rows):
    """Put the ZIP codes in."""
    this.expect(len(rows), 1, 500, "ZIP codes")
    this.merge(zip5.TABLE, rows, is_main=True)
