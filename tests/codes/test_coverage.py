"""Medicare coverage of a code page: policies by their days, and the fields of CMS's HCPCS file in words."""

from datetime import date
from types import SimpleNamespace

import pytest

from codes import hcpcs_fields
from codes.importers import coverage_demonstration
from codes.models import HcpcsFact, Policy, PolicyGroup, ProcessingNote
from codes.sections.coverage import state
from tests import drawn
from tests.codes.test_crosswalks import release, section

ON = date(2026, 11, 20)


def policy(made, kind, number, document, **fields):
    given = {
        "title": f"Drawn {number}",
        "status": "A",
        "version": 1,
        "effective_on": date(2024, 10, 1),
    } | fields
    return Policy.objects.create(release=made, kind=kind, number=number, document=document, **given)


@pytest.fixture
def database(diabetes, carriers):
    """An article that names 20703 and E11.9, the LCD and the NCD that it names, one of a contractor in Alabama."""
    articles = release("mcd", "2026-11-20, articles", ON)
    article = policy(
        articles,
        "article",
        "A1001",
        1001,
        contractors=["Drawn Administrators"],
        states=["AL"],
        related=["lcd:2001", "ncd:77"],
    )
    PolicyGroup.objects.create(policy=article, kind="procedures", number=1, codes=["20703"])
    PolicyGroup.objects.create(policy=article, kind="covered", number=1, codes=["E119"])
    policy(release("mcd", "2026-11-20, LCDs", ON), "lcd", "L2001", 2001)
    policy(release("mcd", "2026-11-20, NCDs", ON), "ncd", "280.99", 77)
    return SimpleNamespace(article=article)


@pytest.mark.parametrize(
    ("status", "first", "last", "word"),
    [
        ("A", date(2024, 1, 1), None, "in force"),
        ("A", date(2027, 1, 1), None, "future"),
        ("F", None, None, "future"),
        ("A", date(2020, 1, 1), date(2021, 1, 1), "retired"),
        ("R", None, None, "retired"),
        ("D", None, None, "proposed"),
        ("", None, None, "in force"),
    ],
)
def test_a_policy_stands_by_its_days_then_by_its_letter(status, first, last, word):
    assert state(status, first, last, ON) == word


def test_an_article_stands_with_its_contractor_and_states(reader_client, database):
    said = section(reader_client, "/cpt/20703/", "coverage")
    assert "A1001 Drawn A1001 Names the procedure 2024-10-01 open Drawn Administrators AL" in said


def test_national_and_local_policies_that_it_names_stand_with_it(reader_client, database):
    said = section(reader_client, "/cpt/20703/", "coverage")
    assert "National 280.99 Drawn 280.99 Named by one that does" in said
    assert "Local L2001 Drawn L2001 Named by one that does" in said


def test_a_diagnosis_is_told_what_the_article_makes_of_it(reader_client, database):
    assert "A1001 Drawn A1001 Supports medical necessity" in section(
        reader_client, "/icd-10-cm/E11.9/", "coverage"
    )


def test_policies_link_to_their_pages_at_cms(reader_client, database):
    page = reader_client.get("/cpt/20703/").content.decode()
    for kind, document in (("article", 1001), ("lcd", 2001), ("ncd", 77)):
        assert f"view/{kind}.aspx?{kind}id={document}" in page


def test_a_retired_article_is_folded_away(reader_client, database):
    Policy.objects.filter(kind="article").update(ends_on=date(2025, 12, 31))
    said = section(reader_client, "/cpt/20703/", "coverage")
    assert "1 retired or future" in said and "2025-12-31 retired" in said


def test_a_code_that_no_policy_names_is_told_so(reader_client, database):
    assert "No policy in force on that day names it." in section(reader_client, "/cpt/20704/", "coverage")


def test_a_part_that_is_missing_is_named(reader_client, database):
    Policy.objects.filter(kind="ncd").get().release.delete()
    assert "Not loaded: NCDs." in section(reader_client, "/cpt/20703/", "coverage")


def test_a_day_before_the_download_is_outside(reader_client, database):
    said = section(reader_client, "/icd-10-cm/E11.9/?dos=2026-05-01", "coverage")
    assert "2026-05-01 is outside the loaded editions (from 2026-11-20)." in said


def test_only_the_latest_download_that_answers_is_asked(reader_client, database):
    newer = release("mcd", "2026-11-27, articles", date(2026, 11, 27))
    policy(newer, "article", "A1002", 1002)
    said = section(reader_client, "/cpt/20703/?dos=2026-11-28", "coverage")
    assert "A1001" not in said


def test_nothing_loaded_is_folded(reader_client, carriers):
    said = section(reader_client, "/cpt/20703/", "coverage")
    assert "not loaded. It comes with the Medicare coverage database." in said


def test_a_guest_gets_none_of_it(guest, database):
    page = guest.get("/cpt/20703/").content.decode()
    assert "A1001" not in page and "Drawn Administrators" not in page


# Fields of the HCPCS file


@pytest.fixture
def cane(db):
    """E0100 in the edition of 2019, with every field that the page shows."""
    edition = drawn.release("hcpcs", "2019", date(2019, 1, 1), date(2019, 3, 31), source="hcpcs")
    drawn.code(edition, "E0100", "Drawn cane", effective_on=date(1990, 1, 1), start_known=True)
    ProcessingNote.objects.create(release=edition, number="0064", text="DRAWN NOTE ON THE CLAIM.")
    return HcpcsFact.objects.create(
        release=edition,
        code="E0100",
        is_modifier=False,
        position=1,
        lines=["Drawn cane"],
        coverage="D",
        pricing=["32"],
        multiple_pricing="A",
        ncd_sections=["60-3"],
        statute="1862(a)(7)",
        betos="D1E",
        types_of_service=["A", "P"],
        processing_note="0064",
    )


def test_fields_stand_in_words_with_their_edition(reader_client, cane):
    said = section(reader_client, "/hcpcs/E0100/", "coverage")
    assert "In CMS’s HCPCS file 2019 Coverage D: Special coverage instructions apply" in said
    assert "Pricing 32: Inexpensive and routinely purchased equipment" in said
    assert "Type of service A: Used durable medical equipment; P: Purchase of equipment" in said


def test_policies_that_are_not_loaded_are_named_beside_the_fields(reader_client, cane):
    assert "Not loaded: policies (the Medicare coverage database)." in section(
        reader_client, "/hcpcs/E0100/", "coverage"
    )


def test_the_file_answers_for_days_before_its_edition(reader_client, cane):
    assert "Coverage D:" in section(reader_client, "/hcpcs/E0100/?dos=1995-06-01", "coverage")


def test_the_guidelines_give_coverage_and_the_processing_note(reader_client, cane):
    said = section(reader_client, "/hcpcs/E0100/", "guidelines")
    assert "Medicare coverage code D: Special coverage instructions apply" in said
    assert "Processing note 0064 DRAWN NOTE ON THE CLAIM." in said


@pytest.mark.parametrize("number", ["", "0000"])
def test_a_code_without_a_note_says_so(reader_client, cane, number):
    HcpcsFact.objects.update(processing_note=number)
    said = section(reader_client, "/hcpcs/E0100/", "guidelines")
    assert "CMS’s file gives the code no processing note." in said


def test_a_note_without_its_text_says_where_it_is(reader_client, cane):
    ProcessingNote.objects.all().delete()
    assert "its text is not loaded" in section(reader_client, "/hcpcs/E0100/", "guidelines")


@pytest.mark.parametrize(("letter", "words"), list(hcpcs_fields.COVERAGE.items()))
def test_every_coverage_code_is_said_in_words(letter, words):
    assert hcpcs_fields.coverage({"coverage": letter}) == f"{letter}: {words}"


def test_an_unknown_value_stands_alone():
    assert hcpcs_fields.meaning("88", hcpcs_fields.PRICING) == "88"


# Examples


def test_examples_are_marked_and_stand_for_these_codes_only(reader_client, carriers):
    coverage_demonstration.load_packaged()
    said = section(reader_client, "/cpt/20703/", "coverage")
    assert "Examples written for this site, these codes only" in said and "Example 2" in said


def test_outside_the_examples_the_answer_is_not_loaded(reader_client, diabetes):
    coverage_demonstration.load_packaged()
    said = section(reader_client, "/icd-10-cm/E11.A/", "coverage")
    assert "not loaded. It comes with the Medicare coverage database." in said
