"""Claim edits, lineage, the index, successors and wordings of a diagnosis, as its page shows them."""

import re
from datetime import date

import pytest

from codes.models import CodeConversion, IndexEntry, PoaExemption, Release, ReleaseChange
from tests import drawn

pytestmark = pytest.mark.django_db
FY2026 = (date(2025, 10, 1), date(2026, 9, 30))


def loaded(source, days=FY2026, edition="FY2026"):
    """A loaded edition of a source that defines no codes."""
    return Release.objects.create(
        source=source, edition=edition, effective_on=days[0], ends_on=days[1], sha256=source, state="current"
    )


def page(client, address):
    """The page's text without tags, on one line."""
    text = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def poa(diabetes):
    """A list that exempts E11.A."""
    release = loaded("icd10cm-poa-exempt")
    PoaExemption.objects.create(
        diagnosis="E11A", release=release, effective_on=FY2026[0], terminated_on=FY2026[1]
    )
    return release


@pytest.fixture
def lineage(diabetes):
    """E11.A came from E11.9, and E11.65 from two codes."""
    release = loaded("icd10cm-conversions")
    for current, previous, codes in (
        ("E11A", "E11.9", ["E119"]),
        ("E1165", "E11.6 and R73.9", ["E116", "R739"]),
    ):
        CodeConversion.objects.create(
            release=release,
            current=current,
            converted_on=date(2025, 10, 1),
            previous=previous,
            previous_codes=codes,
            effective_on=FY2026[0],
        )


@pytest.fixture
def index(diabetes):
    """Lines of an index that lead to E11.9, and to E11 with a dash."""
    release = loaded("icd10cm-index")
    for diagnosis, path, is_stem in (
        ("E119", "Sugar, sugary (sweet)", False),
        ("E11", "Sweetness, drawn", True),
    ):
        IndexEntry.objects.create(
            release=release,
            diagnosis=diagnosis,
            part="index",
            path=path,
            is_stem=is_stem,
            effective_on=FY2026[0],
            terminated_on=FY2026[1],
        )


def test_without_the_list_claim_edits_name_the_file(reader_client, diabetes):
    assert "the list of codes exempt from present on admission" in page(reader_client, "/icd-10-cm/E11.9/")


def test_an_exempt_code_says_so_with_the_edition(reader_client, poa):
    text = page(reader_client, "/icd-10-cm/E11.A/")
    assert "Exempt: no present-on-admission indicator is reported" in text
    assert re.search(r"POA exempt", text)


def test_a_code_that_the_list_lacks_is_reported(reader_client, poa):
    assert "Reported: an inpatient claim says Y, N, U or W" in page(reader_client, "/icd-10-cm/E11.9/")


def test_a_header_has_no_claim_edits(reader_client, poa):
    assert "are made on billable codes: choose one below" in page(reader_client, "/icd-10-cm/E11/")


def test_a_day_outside_the_list_is_said_so(reader_client, poa, diabetes):
    drawn.release("icd-10-cm", "FY2024", date(2023, 10, 1), date(2024, 9, 30))
    drawn.descriptor(
        diabetes.e119,
        diabetes.release,
        "Old",
        effective_on=date(2023, 10, 1),
        terminated_on=date(2024, 9, 30),
    )
    text = page(reader_client, "/icd-10-cm/E11.9/?dos=2024-03-01")
    assert "2024-03-01 is outside the loaded editions (from 2025-10-01 to 2026-09-30)" in text


def test_an_external_cause_never_stands_first(reader_client, diabetes):
    drawn.code(diabetes.release, "W19.XXXA", "Drawn fall, initial encounter", diabetes.e11)
    text = page(reader_client, "/icd-10-cm/W19.XXXA/")
    assert "Never the principal or first-listed diagnosis" in text


@pytest.mark.parametrize(
    ("title", "is_manifestation"),
    [
        ("Drawn state in diseases classified elsewhere", True),
        ("Drawn state in other drawn diseases classified elsewhere", True),
        ("Drawn germ as the cause of diseases classified elsewhere", False),
        ("Drawn state, not elsewhere classified", False),
    ],
)
def test_a_manifestation_never_stands_first(reader_client, diabetes, title, is_manifestation):
    drawn.code(diabetes.release, "I43", title, diabetes.e11)
    assert (
        "Never first: the underlying disease" in page(reader_client, "/icd-10-cm/I43/")
    ) == is_manifestation


def test_a_code_says_what_it_came_from_and_what_came_of_it(reader_client, lineage):
    assert "From 2025-10-01 E11.A Type 2 diabetes" in page(reader_client, "/icd-10-cm/E11.9/")
    assert "Since 2025-10-01, before E11.9" in page(reader_client, "/icd-10-cm/E11.A/")
    assert "Since 2025-10-01, before E11.6 and R73.9" in page(reader_client, "/icd-10-cm/E11.65/")


def test_the_index_entries_stand_in_their_section(reader_client, index):
    text = page(reader_client, "/icd-10-cm/E11.9/")
    assert "Sugar, sugary (sweet)" in text and "Sweetness, drawn E11.-" in text
    assert "Sugar, sugary" not in page(reader_client, "/icd-10-cm/E11.65/")


def test_guests_get_neither_index_nor_exemption(guest, index, poa):
    text = page(guest, "/icd-10-cm/E11.A/")
    assert "Sweetness, drawn" not in text and "Exempt:" not in text


def test_an_ended_code_names_its_successors_to_everybody(guest, lineage, diabetes):
    diabetes.e119.descriptors.update(terminated_on=date(2026, 5, 1))
    text = page(guest, "/icd-10-cm/E11.9/")
    assert "services after it are reported with: E11.A Type 2 diabetes" in text


def test_a_code_in_force_has_no_successors(guest, lineage):
    assert 'id="successors"' not in guest.get("/icd-10-cm/E11.9/").content.decode()


def test_history_marks_the_words_that_changed(reader_client, diabetes):
    diabetes.e119.descriptors.update(effective_on=date(2026, 6, 1), start_known=True)
    older = drawn.release("icd-10-cm", "FY2025", date(2024, 10, 1), date(2026, 3, 31))
    drawn.descriptor(
        diabetes.e119, older, "Type 2 sugar without complications", terminated_on=date(2026, 5, 31)
    )
    text = reader_client.get("/icd-10-cm/E11.9/").content.decode()
    assert "<del>sugar</del><ins>diabetes mellitus</ins>" in text
    assert "reworded" in text


def test_history_tells_what_else_releases_changed(reader_client, poa):
    ReleaseChange.objects.create(release=poa, what="POA exemption", change="added", subject="E11A")
    text = page(reader_client, "/icd-10-cm/E11.A/")
    assert "What else releases changed 2025-10-01 POA exemption added FY2026" in text
