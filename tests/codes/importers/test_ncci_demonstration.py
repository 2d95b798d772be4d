"""NCCI's edits among the demonstration codes: these codes only, and only until a real file comes."""

import pytest
from django.conf import settings

from codes.importers import demonstration, ncci_demonstration
from codes.models import PtpEdit, Release
from tests.codes.importers import ncci

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(db):
    """A fresh machine's CPT and HCPCS codes with their edits."""
    demonstration.load_packaged()
    return ncci_demonstration.load_packaged()


@pytest.fixture
def page(fresh, reader_client):
    return lambda address: " ".join(reader_client.get(address).content.decode().split())


def test_each_source_has_its_demonstration(fresh):
    sources = {outcome.release.source for outcome in fresh}
    assert sources == {"ptp-practitioner", "mue-practitioner", "mue-outpatient", "mue-dme", "aoc"}
    assert all(outcome.release.is_demonstration for outcome in fresh)


def test_a_rerun_is_a_no_op(fresh):
    assert not any(outcome.is_new for outcome in ncci_demonstration.load_packaged())


def test_a_start_of_1996_is_left_empty(fresh):
    assert not PtpEdit.objects.filter(effective_on__lt="1997-01-01").exists()


def test_a_pair_without_a_start_is_known_inside_its_quarter(page):
    text = page("/ncci/11042/97597/?dos=2024-08-01")
    assert 'data-verdict="modifier"' in text and "not in this file" in text


def test_an_earlier_day_of_such_a_pair_is_not_in_the_file(page):
    text = page("/ncci/11042/97597/?dos=2019-08-01")
    assert 'data-verdict="not-loaded"' in text
    assert "In the 2024 Q3 file; whether it stood on 2019-08-01 is not in this file." in text


def test_no_edit_among_these_codes_is_none(page):
    assert 'data-verdict="none"' in page("/ncci/20702/20703/")


def test_outside_these_codes_nothing_is_called_none(page, tmp_path, monkeypatch):
    ncci.small(monkeypatch)
    ncci.load(tmp_path, "mue-practitioner", ["99291,1,2 Date of Service Edit: Policy,CMS Policy"])
    text = page("/ncci/99213/99291/")
    assert 'data-verdict="not-loaded"' in text
    assert "not loaded for these codes: only a demonstration of 2024 Q3 is" in text


def test_the_section_says_that_it_knows_these_codes_only(page):
    text = page("/cpt/11042/")
    assert (
        "edits among the demonstration codes only" in text
        and '<strong data-mue="practitioner">1</strong>' in text
    )
    assert "in force in 2024 Q3; start not in this file" in text


def test_a_real_file_takes_its_place(fresh, tmp_path, monkeypatch):
    ncci.small(monkeypatch)
    ncci.load(tmp_path, "ptp-practitioner")
    releases = Release.objects.current().filter(source="ptp-practitioner")
    assert [release.is_demonstration for release in releases] == [False]
    assert PtpEdit.objects.count() == len(ncci.PTP)


def test_after_a_real_file_the_demonstration_is_not_loaded_again(fresh, tmp_path, monkeypatch):
    ncci.small(monkeypatch)
    ncci.load(tmp_path, "ptp-practitioner")
    ncci_demonstration.load_packaged()
    assert PtpEdit.objects.count() == len(ncci.PTP)


def test_the_numbers_are_the_official_files(fresh):
    path = settings.BASE_DIR.parent / "shared/data/ncci/mue-prac-2024q3.csv"
    if not path.exists():
        pytest.skip("the real files of ../shared are not here")
    from codes.importers import mue
    from codes.models import MueEdit

    real = {row[1]: row[2:] for row in mue.read(path, "practitioner")[0]}
    ours = MueEdit.objects.filter(setting="practitioner")
    assert all(real[row.code] == (row.value, row.adjudication, row.rationale) for row in ours)
