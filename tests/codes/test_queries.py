"""How many queries a page takes where every section is filled: the page already counted, and rendered anew."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes.importers import (
    coverage_demonstration,
    demonstration,
    fee_demonstration,
    ncci_demonstration,
)
from codes.views.kept_pages import SHELF
from tests.codes.importers import icd_files

pytestmark = pytest.mark.django_db
DEMONSTRATIONS = (demonstration, fee_demonstration, coverage_demonstration, ncci_demonstration)
DIAGNOSES = ("icd10cm-poa-exempt", "icd10cm-conversions", "icd10cm-index")
A_PAGE, A_PAIR = 12, 4
ABOUT_PROCEDURES = ("modifiers", "ncci", "fees", "crosswalks", "coverage", "history")


@pytest.fixture
def procedures(db):
    """The demonstration codes with their facts: every section of a procedure is filled."""
    for each in DEMONSTRATIONS:
        each.load_packaged()


@pytest.fixture
def asked(reader_client):
    """(the queries that a page takes when it is opened again and not kept, its text)."""

    def ask(address):
        reader_client.get(address)
        SHELF.clear()
        with CaptureQueriesContext(connection) as taken:
            response = reader_client.get(address)
        assert response.status_code == 200
        return len(taken), response.content.decode()

    return ask


@pytest.mark.parametrize("address", ["/cpt/11042/", "/cpt/99213/", "/hcpcs/J1885/"])
def test_a_procedure_with_everything_loaded_takes_at_most_twelve(asked, procedures, address):
    queries, _ = asked(address)
    assert queries <= A_PAGE


def test_the_procedure_that_is_counted_has_its_sections_filled(asked, procedures):
    page = asked("/cpt/11042/")[1]
    assert all(f'class="gated filled" id="section-{key}"' in page for key in ABOUT_PROCEDURES)


def test_a_place_and_a_day_take_no_more(asked, procedures):
    assert asked("/cpt/11042/?zip=36104&dos=2025-11-01&surgery=2025-11-01")[0] <= A_PAGE


def test_a_pair_takes_at_most_four(asked, procedures):
    queries, page = asked("/ncci/11042/97597/")
    assert queries <= A_PAIR and "<tr data-setting=" in page


@pytest.fixture
def diagnoses(diabetes, tmp_path, monkeypatch):
    """ICD-10-CM in small with its list of exempt codes, conversion table and index, and both ways of coverage."""
    icd_files.let_few_pass(monkeypatch)
    for source in DIAGNOSES:
        name, content = icd_files.as_published(source)
        (tmp_path / name).write_bytes(content)
        call_command(
            "import_release", source, tmp_path / name, "--edition", "FY2026", "--effective", "2025-10-01"
        )
    coverage_demonstration.load_packaged()
    return diabetes


def test_a_diagnosis_with_everything_loaded_takes_at_most_twelve(asked, diagnoses):
    queries, page = asked("/icd-10-cm/E11.A/")
    assert queries <= A_PAGE and 'id="section-crosswalks"' in page
