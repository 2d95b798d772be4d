"""Crosswalks of a code page: each part answers from its own edition, or says that it is not loaded."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from codes.editions import Editions
from codes.importers import coverage_demonstration
from codes.models import Equivalence, HcpcsFact, Policy, PolicyGroup, Release, loaded, page
from codes.sections.base import Subject
from codes.sections.crosswalk_parts import flags, old_code
from codes.sections.crosswalks import SECTION
from tests import drawn

YEAR = {"starts": date(2017, 10, 1), "ends": date(2018, 9, 30)}


def section(client, address, key="crosswalks"):
    """The text of one section, one line without tags."""
    page = client.get(address).content.decode()
    start = page.index(f'id="section-{key}"')
    return " ".join(re.sub(r"<[^>]+>", " ", page[start : page.index("</section>", start)]).split())


def release(source, edition, starts=date(2026, 4, 1), ends=None, **fields):
    """A loaded edition of a source that defines no codes."""
    made = drawn.release("icd-10-cm", edition, starts, ends, source=source, **fields)
    Release.objects.filter(pk=made.pk).update(code_set=None)
    return made


def mapping(release, code, mapped, origin="icd-10-cm", target="icd-9-cm", **fields):
    """A line of a mapping."""
    given = {"is_approximate": True, "is_combination": False, "scenario": 0, "choice": 0} | fields
    return Equivalence.objects.create(
        release=release,
        code=code,
        mapped=mapped,
        origin=origin,
        target=target,
        effective_on=release.effective_on,
        terminated_on=release.ends_on,
        **given,
    )


@pytest.fixture
def forward(diabetes):
    """The mapping from ICD-10-CM to ICD-9-CM."""
    return release("gem", "FY2018, ICD-10-CM to ICD-9-CM", **YEAR)


@pytest.fixture
def article(diabetes, carriers):
    """An article in force that lists E11.9 for 20703, with its paragraph."""
    made = release("mcd", "2026-11-20, articles")
    policy = Policy.objects.create(
        release=made,
        kind="article",
        number="A1001",
        document=1001,
        version=7,
        title="Drawn article",
        status="A",
        effective_on=date(2024, 10, 1),
    )
    PolicyGroup.objects.create(policy=policy, kind="procedures", number=1, codes=["20703", "20799"])
    listed = PolicyGroup.objects.create(
        policy=policy, kind="covered", number=2, paragraph="Drawn: for 20703 only.", codes=["E119", "E1165"]
    )
    return SimpleNamespace(release=made, policy=policy, listed=listed)


# Mappings


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"mapped": ""}, "no equivalent"),
        ({"is_approximate": False}, "the same meaning"),
        ({}, "approximate: near in meaning, not the same"),
        (
            {"is_combination": True, "scenario": 1, "choice": 2},
            "approximate: near in meaning, not the same; only together with others: scenario 1, one code of its list 2",
        ),
    ],
)
def test_flags_are_said_in_words(line, words):
    assert flags({"mapped": "25000", "is_approximate": True, "is_combination": False} | line) == words


@pytest.mark.parametrize(
    ("code_set", "code", "printed"),
    [
        ("icd-10-cm", "25000", "250.00"),
        ("icd-10-cm", "V5889", "V58.89"),
        ("icd-10-cm", "E8889", "E888.9"),
        ("icd-10-cm", "486", "486"),
        ("icd-10-pcs", "0151", "01.51"),
        ("icd-10-cm", "", ""),
    ],
)
def test_an_old_code_is_printed_with_its_dot(code_set, code, printed):
    assert old_code(code_set, code) == printed


def test_a_mapped_code_stands_with_its_edition(reader_client, forward):
    mapping(forward, "E119", "25000")
    said = section(reader_client, "/icd-10-cm/E11.9/")
    assert "To ICD-9-CM FY2018, ICD-10-CM to ICD-9-CM 250.00 approximate" in said


def test_a_loaded_mapping_without_the_code_says_so(reader_client, forward):
    assert "The mapping has no line for this code." in section(reader_client, "/icd-10-cm/E11.9/")


def test_the_other_way_is_a_part_of_its_own(reader_client, forward):
    mapping(forward, "E119", "25000")
    assert "From ICD-9-CM Not loaded: the general equivalence mappings." in section(
        reader_client, "/icd-10-cm/E11.9/"
    )


def test_a_day_outside_the_mapping_is_told(reader_client, forward):
    mapping(forward, "E119", "25000")
    said = section(reader_client, "/icd-10-cm/E11.9/?dos=2026-05-01")
    assert "2026-05-01 is outside the loaded editions (from 2017-10-01 to 2018-09-30)" in said
    assert "250.00" not in said


def test_without_any_file_the_section_is_folded(reader_client, diabetes):
    said = section(reader_client, "/icd-10-cm/E11.9/")
    assert "not loaded. It comes with" in said and "the general equivalence mappings" in said


# Articles


def test_a_procedure_shows_the_diagnoses_of_its_articles(reader_client, article):
    said = section(reader_client, "/cpt/20703/")
    assert (
        "A1001 Drawn article Supports medical necessity , group 2 Drawn: for 20703 only. E11.9 Type 2 diabetes"
        in said
    )


def test_a_diagnosis_shows_the_procedures_by_number(reader_client, article):
    said = section(reader_client, "/icd-10-cm/E11.9/")
    assert "Drawn: for 20703 only. Procedure codes of the article: 20703 20799" in said


def test_only_a_loaded_procedure_is_a_link(reader_client, article):
    page = reader_client.get("/icd-10-cm/E11.9/").content.decode()
    assert 'href="/cpt/20703/"' in page and 'href="/cpt/20799/"' not in page


def test_an_article_links_to_its_page_at_cms(reader_client, article):
    assert (
        "https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleid=1001"
        in reader_client.get("/cpt/20703/").content.decode()
    )


def test_an_article_that_is_retired_is_not_among_them(reader_client, article):
    Policy.objects.update(ends_on=date(2025, 12, 31))
    assert "No article in force on that day lists diagnoses" in section(reader_client, "/cpt/20703/")


def test_a_long_list_is_cut_and_counted(reader_client, article):
    article.listed.codes = [f"M{number:03}" for number in range(100)]
    article.listed.save()
    assert "and 88 more in this group" in section(reader_client, "/cpt/20703/")


# HCPCS cross-references


@pytest.fixture
def cane(db):
    """E0100, to which E0999 leads since it ended."""
    edition = drawn.release("hcpcs", "2019", date(2019, 1, 1), date(2019, 3, 31), source="hcpcs")
    above = drawn.code(edition, "E0000-E9999", "Equipment", effective_on=date(1990, 1, 1))
    for number in ("E0100", "E0999"):
        drawn.code(edition, number, f"Drawn {number}", above, effective_on=date(1990, 1, 1), start_known=True)
    HcpcsFact.objects.create(release=edition, code="E0100", is_modifier=False, position=1, lines=["x"])
    HcpcsFact.objects.create(
        release=edition,
        code="E0999",
        is_modifier=False,
        position=2,
        lines=["x"],
        cross_references=["E0100", "97799"],
        terminated_on=date(2018, 12, 31),
    )
    return edition


def test_a_code_shows_where_it_leads(reader_client, cane):
    page = reader_client.get("/hcpcs/E0999/").content.decode()
    assert "CMS leads from this code to E0100 , 97799 ." in section(reader_client, "/hcpcs/E0999/")
    assert 'class="code" href="/hcpcs/E0100/"' in page and 'href="/cpt/97799/"' not in page


def test_a_code_shows_what_leads_to_it(reader_client, cane):
    assert "These codes lead to it: E0999 ended 2018-12-31" in section(reader_client, "/hcpcs/E0100/")


def test_a_file_without_references_says_so(reader_client, cane):
    HcpcsFact.objects.update(cross_references=[])
    assert "CMS’s file leads neither from this code" in section(reader_client, "/hcpcs/E0100/")


# Examples


@pytest.fixture
def examples(diabetes, carriers):
    """The examples that come with the site, beside drawn codes."""
    coverage_demonstration.load_packaged()


def test_an_example_is_marked(reader_client, examples):
    said = section(reader_client, "/cpt/20703/")
    assert (
        "Example 2" in said and "Examples, these codes only: no official file of this kind is loaded." in said
    )


def test_lines_of_a_mapping_for_these_codes_are_marked(reader_client, examples):
    said = section(reader_client, "/icd-10-cm/E11.9/")
    assert "To ICD-9-CM FY2018, these codes only 250.00 approximate" in said


def test_another_code_reads_not_loaded_and_never_none(reader_client, examples):
    said = section(reader_client, "/icd-10-cm/E11.A/")
    assert "not loaded" in said and "no line" not in said and "No article" not in said


# One query, and the gate


def test_all_parts_are_one_query(article, forward, django_assert_num_queries):
    mapping(forward, "E119", "25000")
    found = page.find("icd-10-cm", "E119")
    editions = Editions(loaded.editions(found.loaded), None, date(2026, 11, 24))
    subject = Subject(found, found.windows[0], date(2026, 9, 30), editions, page.Surroundings())
    with django_assert_num_queries(1):
        answer = SECTION.answer(subject)
    assert answer.value.startswith("2 of ")


def test_a_guest_gets_none_of_it(guest, article, forward):
    mapping(forward, "E119", "25000")
    page = guest.get("/icd-10-cm/E11.9/").content.decode()
    assert "250.00" not in page and "Drawn article" not in page and "for 20703 only" not in page
