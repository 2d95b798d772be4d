"""Fees of the demonstration codes: numbers only, equal to the real file where it lies beside the project."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from codes.importers import fee_demonstration, pfs
from codes.importers.loading import Refused
from codes.models import Locality, RelativeValue, Release, ZipLocality

pytestmark = pytest.mark.django_db
REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "pfs" / "RVU25D.zip"


@pytest.fixture
def loaded():
    return fee_demonstration.load_packaged()


def test_the_demonstration_codes_have_their_units(loaded):
    assert str(RelativeValue.objects.get(procedure="20703").nonfacility_total) == "3.14"


def test_a_dozen_localities_and_zip_codes_are_known(loaded):
    assert Locality.objects.filter(mac="10112", number="00").exists() and Locality.objects.count() >= 12
    assert ZipLocality.objects.filter(zip="36104").exists() and ZipLocality.objects.count() >= 12


def test_each_release_says_that_it_knows_these_only(loaded):
    releases = Release.objects.filter(source__in=["pfs", "zip5"])
    assert all(release.is_demonstration and "only" in release.edition for release in releases)


def test_a_rerun_changes_nothing(loaded):
    assert not any(outcome.is_new for outcome in fee_demonstration.load_packaged())


def test_every_zip_code_lies_in_a_locality_that_is_there(loaded):
    places = set(Locality.objects.values_list("mac", "number"))
    assert set(ZipLocality.objects.values_list("mac", "number")) <= places


def test_a_table_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text("code\n11042\n")
    with pytest.raises(Refused, match="first line"):
        fee_demonstration.rows(path, pfs.VALUES.columns)


def test_the_tables_hold_no_words():
    with fee_demonstration.fixture("pfs_demonstration").open(encoding="utf-8") as lines:
        assert not [cell for row in list(csv.reader(lines))[1:] for cell in row if len(cell) > 7]


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL.name} is not beside the project")
def test_the_numbers_are_those_of_the_real_file():
    real = set(pfs.read(REAL).values)
    ours = fee_demonstration.rows(fee_demonstration.fixture("pfs_demonstration"), pfs.VALUES.columns)
    assert len(ours) > 40 and set(ours) <= real
