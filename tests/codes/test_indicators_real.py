"""500 codes by chance: payment indicators of a page beside RVU25D, POA beside CMS's list, each read by a few lines."""

import csv
import io
import random
import zipfile
from datetime import date

import pytest
from django.conf import settings

from codes.editions import Editions
from codes.importers import pfs, poa_exempt
from codes.importers.sources import Asked
from codes.models import loaded, page
from codes.sections import claim_edits, procedure_indicators
from codes.sections.base import Subject
from tests import drawn

DATA = settings.BASE_DIR.parent / "shared" / "data"
RVU, POA = DATA / "pfs" / "RVU25D.zip", DATA / "icd10cm" / "POAexemptCodesFY26.zip"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not RVU.exists(), reason="the real files of ../shared are not here"),
]
# the columns of PPRRVU, counted from 0, by the page's names
COLUMNS = {
    "Status": 3,
    "PC/TC": 13,
    "Multiple procedures": 18,
    "Bilateral": 19,
    "Assistant at surgery": 20,
    "Co-surgeons": 21,
    "Team": 22,
    "Endoscopic base": 23,
    "Supervision of diagnostic tests": 25,
    "Imaging family": 27,
}
REPORTED = ("A000", "E119", "I10", "J189")  # on no such list
SIZES = [60, pytest.param(500, marks=pytest.mark.full)]


def subject_of(code_set, code, dos):
    """The subject of a code's page on a day."""
    found = page.find(code_set, code)
    editions = Editions(loaded.editions(found.loaded), dos, date(2026, 11, 24))
    return Subject(found, found.windows[-1], dos, editions, page.Surroundings())


def unmodified_lines():
    """Code → its cells, of lines without a modifier."""
    with zipfile.ZipFile(RVU) as packed:
        text = packed.read("PPRRVU2025_Oct.csv").decode("cp1252")
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))]
    return {row[0]: row for row in rows[10:] if not row[1] and not row[0].startswith("D")}


@pytest.mark.parametrize("size", SIZES)
def test_indicators_of_random_codes_are_those_of_the_file(size):
    pfs.load(RVU, Asked())
    lines = unmodified_lines()
    for code in random.Random(20703).sample(sorted(lines), size):
        slug = "cpt" if code[0].isdigit() else "hcpcs"
        answer = procedure_indicators.answer(subject_of(slug, code, date(2025, 11, 1)))
        told = {row["name"]: row["value"] for row in answer.context["rows"]}
        assert {name: told[name] for name in COLUMNS} == {
            name: lines[code][at] for name, at in COLUMNS.items()
        }
        assert answer.facts["Global"] == lines[code][14]


@pytest.mark.parametrize("size", SIZES)
def test_exempt_diagnoses_are_those_of_the_file(size):
    poa_exempt.load(POA, Asked())
    with zipfile.ZipFile(POA) as packed:
        text = packed.read("POAexemptCodesFY26.txt").decode("cp1252")
    listed = {line.split("\t")[1].replace(".", "").strip() for line in text.splitlines()[1:] if "\t" in line}
    edition = drawn.release("icd-10-cm", "FY2026", date(2025, 10, 1), date(2026, 9, 30))
    for code in [*random.Random(20703).sample(sorted(listed), size), *REPORTED]:
        drawn.code(edition, code, "Drawn title")
        answer = claim_edits.answer(subject_of("icd-10-cm", code, date(2026, 1, 1)))
        assert (answer.facts["POA"] == "exempt") == (code in listed)
