"""500 codes by chance: what the section says of each is what a few lines read from CMS's files."""

import csv
import random
import zipfile
from collections import Counter
from datetime import date

import pytest
from django.conf import settings

from codes.importers import aoc, mue, ptp
from codes.importers.sources import Asked
from codes.models import ncci

pytestmark = [pytest.mark.django_db, pytest.mark.full]
FILES = settings.BASE_DIR.parent / "shared/data/ncci"
DAYS = ("20150630", "20240801", "20240930")


@pytest.fixture
def loaded():
    """The real files of 2024 Q3."""
    if not FILES.exists():
        pytest.skip("the real files of ../shared are not here")
    ptp.load(FILES / "ccipra-2024q3.zip", Asked())
    mue.load(FILES / "mue-prac-2024q3.csv", Asked())
    aoc.load(FILES / "AOC_2024.txt", Asked())


def pairs_by_an_independent_reader():
    """Counter of (day, code, column, indicator) for pairs that stand on the day, and all codes."""
    counts, codes = Counter(), set()
    with zipfile.ZipFile(FILES / "ccipra-2024q3.zip") as packed, packed.open(packed.namelist()[0]) as lines:
        for line in lines:
            one, two, _, begins, ends, indicator, *_ = [*line.decode("cp1252").split("\t"), *"      "]
            if not begins.isdigit():
                continue
            codes |= {one, two}
            for day in DAYS:
                if indicator != "9" and begins <= day and (ends == "*" or ends >= day):
                    counts[day, one, 1, int(indicator)] += 1
                    counts[day, two, 2, int(indicator)] += 1
    return counts, sorted(codes)


def test_five_hundred_codes_say_what_the_files_say(loaded):
    counts, codes = pairs_by_an_independent_reader()
    limits = dict(
        row[:2] for row in csv.reader((FILES / "mue-prac-2024q3.csv").open(encoding="cp1252")) if row[1:]
    )
    addons = [line.split("\t") for line in (FILES / "AOC_2024.txt").read_text().splitlines()[1:]]
    chosen = random.Random(500).sample(codes, 500)
    primaries = {code: {row[3] for row in addons if row[1] == code} for code in chosen}
    for code in chosen:
        for day in DAYS:
            on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
            says = ncci.section(code, [(1, on, date(2024, 7, 1))], [("practitioner", on)], on)
            assert {
                (row["side"], row["indicator"]): row["standing"] for row in says["counts"] if row["standing"]
            } == {
                (side, indicator): counts[day, code, side, indicator]
                for side in (1, 2)
                for indicator in (0, 1)
                if counts[day, code, side, indicator]
            }
        assert [str(row["value"]) for row in says["mues"]] == ([limits[code]] if code in limits else [])
        assert {row["code"] for row in says["primaries"]} == primaries[code]
