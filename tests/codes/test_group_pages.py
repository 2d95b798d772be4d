"""The pages of MS-DRGs, and of diagnoses with their groups and HCCs, as a reader sees them."""

from datetime import date

import pytest

from codes.models import DiagnosisDrg, DiagnosisHcc, DrgWeight, Release
from tests import drawn

OCTOBER_2025 = date(2025, 10, 1)
pytestmark = pytest.mark.django_db


def loaded(source, starts, ends):
    """A loaded edition that defines no codes."""
    return Release.objects.create(
        source=source, edition="drawn", effective_on=starts, ends_on=ends, state=Release.State.CURRENT
    )


@pytest.fixture
def definitions(diabetes):
    """The grouper's definitions and Table 5: 637 by a list, 896 by its category, 998 without a weight."""
    table = drawn.release("ms-drg", "FY2026, v43", starts=OCTOBER_2025)
    release = loaded("ms-drg-diagnoses", OCTOBER_2025, drawn.SEPTEMBER_2026)
    window = {"release": release, "effective_on": OCTOBER_2025}
    drawn.code(diabetes.release, "F10.20", "Alcohol dependence, uncomplicated")
    for drg, mdc, weight in (("637", "10", "1.4367"), ("896", "20", "1.7"), ("998", "", None)):
        DrgWeight.objects.create(
            code=drawn.code(table, drg, f"Group {drg} of the drawn kind"),
            mdc=mdc,
            drg_type="MED" if mdc else "",
            is_post_acute=False,
            is_special_pay=False,
            weight=weight,
            capped_weight=weight,
            gmlos=weight and "3.9",
            amlos=weight and "5.3",
            **window,
        )
    DiagnosisDrg.objects.create(diagnosis="E119", drgs=["637"], role="PDX", **window)
    DiagnosisDrg.objects.create(diagnosis="F1020", drgs=["896"], role="MDC 20", **window)
    return release


def section(client, address, key):
    """The HTML of one section of a page."""
    page = client.get(address).content.decode()
    start = page.index(f'id="section-{key}"')
    return page[start : page.index("</section>", start)]


def test_an_ms_drg_shows_its_weight(reader_client, definitions):
    assert "<dd>1.4367: times the hospital’s base rate</dd>" in section(reader_client, "/ms-drg/637/", "fees")


@pytest.mark.parametrize("address", ["/ms-drg/", "/ms-drg/637/", "/case2code/?q=637"])
def test_an_ms_drg_is_assigned_and_never_called_billable(reader_client, definitions, address):
    page = reader_client.get(address).content.decode()
    assert "ssigned by the grouper" in page and "illable" not in page


def test_an_ms_drg_without_a_weight_says_so(reader_client, definitions):
    page = reader_client.get("/ms-drg/998/").content.decode()
    assert "no weight: not paid as grouped" in page and "None" not in page


def test_an_ms_drg_lists_the_diagnoses_that_lead_to_it(reader_client, definitions):
    assert "1 principal diagnosis leads to this group" in section(reader_client, "/ms-drg/637/", "crosswalks")


def test_an_ms_drg_of_a_category_says_that_the_grouper_chooses(reader_client, definitions):
    part = section(reader_client, "/ms-drg/896/", "crosswalks")
    assert "leads to the MDC of this group" in part and 'href="/icd-10-cm/F10.20/"' in part


def test_an_ms_drg_that_no_diagnosis_leads_to_says_so(reader_client, definitions):
    assert "No principal diagnosis alone" in section(reader_client, "/ms-drg/998/", "crosswalks")


def test_diagnoses_stand_without_titles_on_a_day_of_no_diagnosis_edition(reader_client, definitions):
    part = section(reader_client, "/ms-drg/637/?dos=2025-12-01", "crosswalks")
    assert "E11.9" in part and "without titles" in part


def test_a_principal_diagnosis_of_a_category_names_its_groups(reader_client, definitions):
    part = section(reader_client, "/icd-10-cm/F10.20/", "fees")
    assert "As principal diagnosis, MDC 20: the grouper chooses by" in part and "none" not in part


def test_a_principal_table_says_that_a_procedure_may_lead_elsewhere(reader_client, definitions):
    assert "an O.R. procedure may lead to a group that is not named here" in section(
        reader_client, "/icd-10-cm/E11.9/", "fees"
    )


def test_an_external_cause_has_no_principal_diagnosis(reader_client, definitions, diabetes):
    drawn.code(diabetes.release, "V00.01", "Pedestrian on foot")
    assert "External cause: no principal diagnosis" in section(reader_client, "/icd-10-cm/V00.01/", "fees")


def test_the_table_of_hccs_says_whom_each_model_pays_for(reader_client, definitions):
    release = loaded("hcc", date(2026, 1, 1), date(2026, 12, 31))
    window = {"release": release, "effective_on": release.effective_on}
    DiagnosisHcc.objects.create(
        diagnosis="E119", payment_year=2027, model="CMS-HCC Model V28", hcc="38", **window
    )
    part = section(reader_client, "/icd-10-cm/E11.9/", "fees")
    assert "HCC 38" in part and "V28 pays Medicare Advantage plans" in part
