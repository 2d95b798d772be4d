"""Hospital pairs out of the outpatient code editor, and how they give way to CMS's own file."""

import re
from datetime import date

import pytest

from codes.importers import outpatient
from codes.models import PtpEdit, Release
from tests.codes.importers import drawn_oce, ncci

pytestmark = pytest.mark.django_db
JANUARY, MARCH, APRIL, JUNE = date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30)


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """The drawn wheel; a few lines of CMS's own files are whole too."""
    ncci.small(monkeypatch)
    return drawn_oce.wheel(tmp_path, monkeypatch)


def hospital():
    """The hospital pairs: columns, days, indicator."""
    rows = PtpEdit.objects.filter(setting=PtpEdit.Setting.HOSPITAL).order_by(
        "column_one", "column_two", "effective_on"
    )
    return list(rows.values_list("column_one", "column_two", "effective_on", "terminated_on", "indicator"))


def text_of(client, address):
    """A page's text without tags, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


def test_pairs_hold_from_version_to_version_and_stay_open_in_the_newest(wheel):
    outpatient.load(wheel)
    assert hospital() == [
        ("11042", "99213", JANUARY, MARCH, 0),
        ("11042", "99213", APRIL, None, 1),
        ("11042", "D7999", JANUARY, None, 1),
        ("G0463", "36591", JANUARY, MARCH, 0),
    ]


def test_practitioner_pairs_stay(wheel, tmp_path):
    ncci.load(tmp_path, "ptp-practitioner")
    outpatient.load(wheel)
    assert PtpEdit.objects.filter(setting=PtpEdit.Setting.PRACTITIONER).count() == len(ncci.PTP)


def test_cms_own_file_takes_their_place(wheel, tmp_path):
    outpatient.load(wheel)
    outcome = ncci.load(tmp_path, "ptp-hospital")
    assert len(hospital()) == len(ncci.PTP) == outcome.release.added
    assert not Release.objects.filter(source="oce-pairs").exists()


def test_where_cms_own_file_is_loaded_they_stay_out(wheel, tmp_path):
    ncci.load(tmp_path, "ptp-hospital")
    outcomes = outpatient.load(wheel)
    assert [outcome.release.source for outcome in outcomes] == ["oce-diagnoses", "oce-status"]
    assert len(hospital()) == len(ncci.PTP)


def test_a_pair_page_answers_by_them_with_their_edition(reader_client, wheel):
    outpatient.load(wheel)
    page = text_of(reader_client, "/ncci/11042/99213/?setting=hospital")
    assert "Indicator 1: a modifier may lift it" in page and "I/OCE 27.1.0" in page


def test_a_pair_page_answers_for_an_earlier_quarter(reader_client, wheel):
    outpatient.load(wheel)
    assert "Indicator 0: no modifier lifts it" in text_of(
        reader_client, "/ncci/11042/99213/?setting=hospital&dos=2026-02-01"
    )


def test_a_day_after_the_last_version_is_not_answered(reader_client, wheel):
    outpatient.load(wheel)
    page = text_of(reader_client, "/ncci/11042/99213/?setting=hospital&dos=2026-07-01")
    assert "not loaded for 2026-07-01" in page
