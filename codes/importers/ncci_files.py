"""Which edition an NCCI file is: its quarter (or year) stands in its name, in one of CMS's spellings."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from codes.importers.files import names
from codes.importers.loading import Refused
from codes.models import Release

# 2024q3 · v302r0, the third release of NCCI's thirtieth year (2024) · Eff_07-01-2024
QUARTER = re.compile(r"(20\d\d)[ _-]?q([1-4])", re.IGNORECASE)
VERSION = re.compile(r"v(\d\d)([0-3])r\d", re.IGNORECASE)
DAY = re.compile(r"(?<!\d)(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])-(20\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
FIRST_YEAR = 1994  # version 1 would have been that year's
CODE = re.compile(r"[A-Z]\d{4}|\d{4}[0-9A-Z]")
COPYRIGHT = re.compile(r"copyright", re.IGNORECASE)


@dataclass(frozen=True)
class Days:
    """An edition's name and the days of its quarter or year."""

    edition: str
    first: date
    last: date


def days_of(path, asked, by_year=False):
    """The `Days` of a file: as the operator says, else as its name or that of a file in it does.

    Raises `Refused` where none of them tells; `by_year` reads a bare year too.
    """
    if asked.effective_on:
        found = quarter(asked.effective_on)
        return Days(asked.edition or found.edition, asked.effective_on, asked.ends_on or found.last)
    for name in (path.name, *inside(path)):
        if found := in_name(name, by_year):
            return Days(asked.edition or found.edition, found.first, asked.ends_on or found.last)
    raise Refused(
        f"{path.name} does not say which quarter it is. Give --edition and --effective, such as "
        '--edition "2024 Q3" --effective 2024-07-01.'
    )


def inside(path):
    """The names of what a zip or folder holds."""
    return sorted(each.name for each in path.iterdir()) if path.is_dir() else names(path)


def in_name(name, by_year=False):
    """The `Days` that a file name tells, or None."""
    if found := QUARTER.search(name):
        return quarter(date(int(found[1]), int(found[2]) * 3 - 2, 1))
    if found := VERSION.search(name):
        return quarter(date(FIRST_YEAR + int(found[1]), int(found[2]) * 3 + 1, 1))
    if (found := DAY.search(name)) and (day := calendar_day(*map(int, found.group(3, 1, 2)))):
        return quarter(day)
    if by_year and (found := YEAR.search(name)):
        year = int(found[1])
        return Days(str(year), date(year, 1, 1), date(year, 12, 31))
    return None


def calendar_day(year, month, day):
    """A date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def quarter(day):
    """The `Days` of the quarter that a day lies in; it begins with the day."""
    number = (day.month + 2) // 3
    after = date(day.year + number // 4, number % 4 * 3 + 1, 1)
    return Days(f"{day.year} Q{number}", day, after - timedelta(days=1))


def newer_of(this):
    """A loaded edition of the source that reaches further than the one being loaded, or None."""
    current = Release.objects.current().filter(source=this.edition.source)
    return current.filter(ends_on__gt=this.edition.ends_on).order_by("ends_on").last()


def before_of(this):
    """The rows of the edition that this one follows or replaces; 0 where there is none."""
    chain = Release.objects.exclude(state=Release.State.LOADING).filter(
        source=this.edition.source, is_demonstration=False, ends_on__lte=this.edition.ends_on
    )
    return max(chain.values_list("row_count", flat=True), default=0)
