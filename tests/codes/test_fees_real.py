"""The page's fees against the real RVU25D, read here by a few lines of their own."""

import csv
import io
import random
import re
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import Visitor
from codes import indicators, medicare_fee
from codes.importers import pfs
from codes.importers.sources import Asked
from codes.models import RelativeValue
from codes.models.fee_page import LINES, exact, fee_facts
from codes.places import Place

REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "pfs" / "RVU25D.zip"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REAL.exists(), reason=f"{REAL.name} is not beside the project"),
]
# by hand: (1.30 × work + 1.35 or 0.57 × practice expense + 0.10 × malpractice) × 32.3465
BY_HAND = {
    "10112-00": ("$81.86", "$59.93"),  # Alabama: 1, 0.869, 0.575
    "13202-01": ("$101.06", "$71.64"),  # Manhattan: 1.065, 1.166, 1.656
    "02102-01": ("$112.20", "$84.92"),  # Alaska: 1.5, 1.081, 0.592
    "01182-18": ("$98.19", "$68.06"),  # Los Angeles: 1.042, 1.194, 0.69
    "09202-20": ("$89.20", "$63.79"),  # Puerto Rico: 1, 1.007, 0.982
}
WORDS = {
    "B": "bundled",
    "C": "priced by the MAC",
    "E": "another may pay",
    "I": "not valid for Medicare",
    "J": "base and time units",
    "M": "measurement",
    "N": "not covered",
    "P": "bundled",
    "R": "priced by the MAC",
    "X": "another may pay",
}
SAMPLE = 60


@pytest.fixture
def loaded():
    """The real zip in the database."""
    return pfs.load(REAL, Asked())


@pytest.fixture
def client(reader, reader_client):
    """A reader who may open any number of pages."""
    Visitor.objects.update_or_create(user=reader, defaults={"is_unlimited": True})
    return reader_client


def source(name):
    """The rows of a file in the zip."""
    with zipfile.ZipFile(REAL) as packed:
        text = packed.read(name).decode("cp1252")
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))]


def lines():
    """The unmodified lines of PPRRVU by code."""
    return {row[0]: row for row in source("PPRRVU2025_Oct.csv")[10:] if not row[1]}


def localities():
    """The three indices by MAC-locality, as fractions."""
    rows = source("GPCI2025.csv")[3:]
    return {f"{row[0]}-{row[2]}": [Fraction(cell) for cell in row[4:7]] for row in rows if row[0].isdigit()}


def expected(row, indices, facility):
    """The amount by whole numbers of cents, NA, or the words of the reason."""
    units = [Fraction(row[place]) for place in (5, 8 if facility else 6, 10)]
    if row[3] not in "ART" or not sum(units):
        return WORDS[row[3]]
    if row[9 if facility else 7] == "NA":
        return "NA"
    product = sum(unit * one for unit, one in zip(units, indices, strict=True)) * Fraction(row[24])
    cents = (2 * product * 100 + 1) // 2
    return f"${cents // 100:,}.{cents % 100:02}"


def agrees(wanted, words):
    """Whether the page says this amount or NA, or gives this reason."""
    return wanted == words if wanted[0] in "$N" else wanted in words


def shown(client, code, locality):
    """The two amounts of a page, non-facility first."""
    slug = "cpt" if code[0].isdigit() else "hcpcs"
    page = client.get(f"/{slug}/{code}/?locality={locality}").content.decode()
    return [re.search(f'data-fee="{setting}">([^<]*)', page)[1] for setting in ("nonfacility", "facility")]


def test_99213_is_as_worked_out_by_hand_at_five_localities(client, loaded):
    for locality, fees in BY_HAND.items():
        assert tuple(shown(client, "99213", locality)) == fees


def test_pages_agree_with_an_independent_calculation(client, loaded):
    chance = random.Random(2025)
    rows, places = lines(), localities()
    codes = [code for code in sorted(rows) if not code.startswith("D")]
    for code in chance.sample(codes, SAMPLE):
        locality = chance.choice(sorted(places))
        found = shown(client, code, locality)
        for words, facility in zip(found, (False, True), strict=True):
            wanted = expected(rows[code], places[locality], facility)
            assert agrees(wanted, words), (code, locality)


@pytest.mark.full
def test_every_line_at_every_locality_agrees_with_it(loaded):
    rows, places = lines(), localities()
    geographies = geographies_of(places)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {LINES.format(and_more='')}".replace("line.procedure = %(code)s", "line.modifier = ''")
        )
        for line in exact(cursor.fetchone()[0]):
            for locality, indices in places.items():
                for facility, setting in enumerate(medicare_fee.SETTINGS):
                    wanted = expected(rows[line["procedure"]], indices, facility)
                    words = medicare_fee.in_words(line, geographies[locality], setting)
                    assert agrees(wanted, words), (line, locality, wanted, words)


def geographies_of(places):
    """The indices of every locality as the page has them."""
    day = pfs.date(2025, 12, 31)
    return {code: fee_facts("", Place(locality=code), day, None, None).localities[0] for code in places}


def test_every_indicator_of_the_real_file_has_a_meaning(loaded):
    for indicator in indicators.INDICATORS:
        if indicator not in (indicators.PACKAGE, indicators.BASE):
            values = set(RelativeValue.objects.values_list(indicator.column, flat=True))
            assert values <= indicator.meanings.keys(), indicator.name
