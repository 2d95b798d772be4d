"""Editions of the federal fiscal year: FY2026 answers from 2025-10-01 to 2026-09-30, its update from 2026-04-01."""

import re
from datetime import date

from codes.importers.loading import Refused

YEAR = re.compile(r"(?<!\d)(20[1-4]\d)(?!\d)|FY[\s_-]?([1-4]\d)(?!\d)", re.IGNORECASE)
APRIL = re.compile(r"apr", re.IGNORECASE)


def about(asked, *names):
    """The edition of a file as keywords of `loading.Edition`: what the operator asked for, else what the names say.

    `names` are the file's own and what it says of itself. Raises `Refused` where neither tells the year.
    """
    effective_on = asked.effective_on or first_day(names)
    return {
        "edition": asked.edition or label(effective_on),
        "effective_on": effective_on,
        "ends_on": asked.ends_on or date(year_of(effective_on), 9, 30),
    }


def first_day(names):
    """The first day of the year, or of the April update, that the first telling name has."""
    for name in names:
        if found := YEAR.search(name):
            year = int(found[1] or f"20{found[2]}")
            return date(year, 4, 1) if APRIL.search(name) else date(year - 1, 10, 1)
    raise Refused(
        f"{names[0]} does not tell its fiscal year: give --edition and --effective, such as --edition FY2026 "
        "--effective 2025-10-01."
    )


def label(effective_on):
    """`FY2026`, or `FY2026, April 2026 update` for an edition that begins within the year."""
    year = f"FY{year_of(effective_on)}"
    return year if effective_on.month == 10 else f"{year}, {effective_on:%B %Y} update"


def year_of(day):
    """The fiscal year that holds a day."""
    return day.year + (day.month >= 10)
