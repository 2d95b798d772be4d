"""The real HCPCS file of 2019 and the real mappings, beside parsers of their own: counts, round trip, sections."""

import random
import zipfile
from datetime import date

import pytest

from codes.editions import Editions
from codes.importers import gem, hcpcs, hcpcs_records, xlsx
from codes.importers.sources import Asked
from codes.models import HcpcsFact, ProcessingNote, loaded, page
from codes.sections.base import Subject
from codes.sections.coverage import SECTION as COVERAGE
from codes.sections.crosswalks import SECTION as CROSSWALKS
from codes.sections.guidelines import SECTION as GUIDELINES
from codingahead.devdb import ROOT
from tests import drawn

DATA = ROOT.parent / "shared" / "data"
REAL = DATA / "hcpcs" / "HCPC2019_ANWEB.zip"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real files of ../shared are not here")
SAMPLE = 500


@needs_real
def test_the_real_file_has_its_codes_and_modifiers(db):
    release = hcpcs.load(REAL, Asked()).release
    facts = HcpcsFact.objects.filter(release=release)
    assert (
        release.row_count,
        facts.filter(is_modifier=False).count(),
        facts.filter(is_modifier=True).count(),
    ) == (
        6800,
        6440,
        360,
    )
    assert ProcessingNote.objects.count() == 218


@needs_real
def test_the_real_file_is_dumped_as_it_was(db):
    release = hcpcs.load(REAL, Asked()).release
    with zipfile.ZipFile(REAL) as packed:
        text = packed.read("HCPC2019_CONTR_ANWEB.txt").decode("cp1252")
    records = [line.ljust(320) for line in text.split("\r\n") if len(line) > 300]
    assert list(hcpcs.dump(release)) == records


@needs_real
def test_the_real_workbook_says_the_same(db):
    with zipfile.ZipFile(REAL) as packed:
        text = packed.read("HCPC2019_CONTR_ANWEB.txt").decode("cp1252").replace("\r\n", "\n")
        lines = hcpcs_records.read("HCPC2019_CONTR_ANWEB.txt", text)
        sheet = hcpcs_records.read_sheet(
            "x.xlsx", xlsx.rows(packed.open("HCPC2019_CONTR_ANWEB.xlsx"), name="x.xlsx")
        )
    assert [each.code for each in lines] == [each.code for each in sheet]
    told_apart = {
        code for a, b in zip(lines, sheet, strict=True) for code in [a.code] if coding(a) != coding(b)
    }
    assert told_apart == {"E0210", "E0776", "G0503"}  # CMS's workbook has other fields there


def coding(record):
    """What both forms of the file give: the workbook leaves the day of the last action empty on 115 rows."""
    return " ".join(record.long.split()), {k: v for k, v in record.fields.items() if k != "acted_on"}


# Sections beside the source, read anew


def subject_of(code_set, code, dos=None):
    """The subject of a code's page on a day."""
    found = page.find(code_set, code)
    editions = Editions(loaded.editions(found.loaded), dos, date(2026, 11, 24))
    return Subject(found, found.windows[-1], dos or date(2019, 3, 31), editions, page.Surroundings())


def source_lines():
    """Code → its first line, and code → its long text, cut from the columns of the file."""
    with zipfile.ZipFile(REAL) as packed:
        lines = packed.read("HCPC2019_CONTR_ANWEB.txt").decode("cp1252").split("\r\n")
    first = {line[:5]: line for line in lines if line[10:11] == "3"}
    long = {}
    for line in lines:
        if line[10:11] in ("3", "4") and line[:5] in first:
            long[line[:5]] = f"{long.get(line[:5], '')} {line[11:91].strip()}".strip()
    return first, long


@pytest.fixture
def sample(db):
    """(line, long text, subject) of random codes of the loaded file."""
    hcpcs.load(REAL, Asked())
    first, long = source_lines()
    codes = random.Random(20703).sample(sorted(first), SAMPLE)
    return [(first[code], long[code], subject_of("hcpcs", code)) for code in codes]


def printed(day):
    """A date as the file prints it."""
    return day.strftime("%Y%m%d") if day else ""


@needs_real
def test_words_and_days_of_random_codes_are_those_of_the_file(sample):
    for line, long, subject in sample:
        window = subject.found.windows[-1]
        days = printed(window["effective_on"]), printed(window["terminated_on"])
        assert (window["long"], window["short"]) == (long, line[91:119].strip())
        assert days == (line[268:276], line[284:292].strip())


@needs_real
def test_coverage_of_random_codes_is_that_of_the_file(sample):
    for line, _, subject in sample:
        fields = dict(COVERAGE.answer(subject).context["fields"])
        assert fields["Coverage"].startswith(f"{line[229]}: ")
        assert fields["Pricing"].startswith(f"{line[119:121]}: ")
        assert fields.get("Statute", "") == line[170:180].strip()
        assert fields.get("BETOS", "") == line[256:259].strip()


@needs_real
def test_processing_notes_of_random_codes_are_those_of_the_file(sample):
    for line, _, subject in sample:
        told = GUIDELINES.answer(subject).context["processing"] or {"number": ""}
        assert told["number"] == line[252:256].strip().replace("0000", "")


@needs_real
def test_cross_references_of_random_codes_are_those_of_the_file(sample):
    for line, _, subject in sample:
        parts = CROSSWALKS.answer(subject).context["parts"]
        content = next(part for part in parts if part["key"] == "references").get("content", {"leads": []})
        leads = [line[at : at + 5].strip() for at in range(204, 229, 5) if line[at : at + 5].strip()]
        assert [each["code"] for each in content["leads"]] == leads


@needs_real
def test_mapped_codes_of_random_diagnoses_are_those_of_the_file(db):
    gem.load(DATA / "gems" / "2018_I10gem.txt", Asked())
    by_code = {}
    for row in (DATA / "gems" / "2018_I10gem.txt").read_text().splitlines():
        code, mapped, digits = row.split()
        by_code.setdefault(code, set()).add("" if digits[1] == "1" else mapped.upper())
    edition = drawn.release("icd-10-cm")
    for code in random.Random(20703).sample(sorted(by_code), 100):
        drawn.code(edition, code, "Drawn title")
        parts = CROSSWALKS.answer(subject_of("icd-10-cm", code)).context["parts"]
        lines = next(part for part in parts if part["key"] == "to_icd9")["content"]["lines"]
        assert {line["code"].replace(".", "") for line in lines} == by_code[code]
