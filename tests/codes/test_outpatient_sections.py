"""The outpatient line of a procedure, and what outpatient claims with a diagnosis are checked for, on their pages."""

import re

import pytest

from codes.importers import outpatient
from codes.outpatient_words import STATUSES, apc_in_words
from tests import drawn
from tests.codes.importers import drawn_oce

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables(tmp_path, monkeypatch, diabetes):
    """The drawn tables, loaded beside the drawn diagnoses."""
    return outpatient.load(drawn_oce.wheel(tmp_path, monkeypatch))


def section(client, address, key):
    """One section's text without tags, on one line."""
    page = client.get(address).content.decode()
    start = page.index(f'id="section-{key}"')
    text = page[start : page.index("</section>", start)]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def fees(client, address):
    return section(client, address, "fees")


def claim(client, address):
    return section(client, address, "modifiers")


def test_the_status_and_apc_stand_in_words_with_their_edition(reader_client, tables):
    text = fees(reader_client, "/cpt/11042/")
    assert "T : paid separately, reduced beside another procedure of status T" in text
    assert "APC 5052" in text and "I/OCE 27.1.0, 2026 Q2" in text


def test_the_line_answers_for_the_date_of_service(reader_client, tables):
    assert "APC 5012" in fees(reader_client, "/cpt/99213/?dos=2026-02-01")
    assert "no APC" in fees(reader_client, "/cpt/99213/?dos=2026-05-01")


def test_beside_the_line_the_fee_schedule_is_named_as_missing(reader_client, tables):
    assert "Not loaded: the physician fee schedule" in fees(reader_client, "/cpt/11042/")


def test_a_day_outside_the_tables_has_no_line(reader_client, tables):
    page = reader_client.get("/cpt/11042/?dos=2027-01-01").content.decode()
    assert "Hospital outpatient (OPPS)" not in page


def test_a_guest_gets_no_line(guest, tables):
    assert "APC 5052" not in guest.get("/cpt/11042/").content.decode()


def test_an_age_limit_stands_with_its_edition(reader_client, tables):
    page = claim(reader_client, "/icd-10-cm/E11.65/")
    assert "Patients of 9 to 64 years; an outpatient claim outside is returned. I/OCE 27.1.0" in page


def test_an_unacceptable_principal_diagnosis_is_said(reader_client, tables):
    assert "Not accepted as the principal diagnosis" in claim(reader_client, "/icd-10-cm/E11.65/")


def test_a_manifestation_of_the_editor_is_said(reader_client, tables):
    assert "Manifestation, outpatient claim" in claim(reader_client, "/icd-10-cm/E11.A/")


def test_a_diagnosis_without_an_edit_says_so(reader_client, tables):
    assert "No age limit; accepted as principal diagnosis" in claim(reader_client, "/icd-10-cm/E11.9/")


def test_without_the_tables_their_place_names_them(reader_client, diabetes):
    drawn.code(diabetes.release, "W19.XXXA", "Drawn fall, initial encounter", diabetes.e11)
    assert "Not loaded: the outpatient code editor" in claim(reader_client, "/icd-10-cm/W19.XXXA/")


def test_every_status_indicator_has_its_words():
    used = {"A", "B", "C", "E1", "E2", "F", "G", "H", "H1", "J1", "J2", "K", "K1", "L", "M", "N", "P"}
    used |= {"Q1", "Q2", "Q3", "Q4", "R", "S", "S1", "T", "U", "V", "Y"}
    assert used == STATUSES.keys()


@pytest.mark.parametrize(("apc", "words"), [("05052", "APC 5052"), ("", "no APC")])
def test_an_apc_stands_as_it_is_spoken_of(apc, words):
    assert apc_in_words(apc) == words
