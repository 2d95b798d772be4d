"""CMS's add-on codes: types, dates, primary codes that the contractor defines."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given

from codes.importers import aoc
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import AddOnEdit, Code, Descriptor, Release
from tests.codes.importers import ncci
from tests.codes.importers.mutants import EVERYDAY, FULL, copies, mutated

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load drawn lines."""
    ncci.small(monkeypatch)

    def load_rows(rows=ncci.AOC, year="2024", **asked):
        return ncci.load(tmp_path, "aoc", rows, year, **asked)

    return load_rows


def test_a_line_holds_inside_its_edition(load):
    load()
    row = AddOnEdit.objects.get(addon_code="11045", primary_code="11042")
    assert (row.edit_type, str(row.effective_on), str(row.terminated_on)) == (1, "2024-01-01", "2024-12-31")


def test_days_are_counted_in_their_year(load):
    load()
    assert AddOnEdit.objects.get(primary_code="97597").primary_ended_on == date(2020, 12, 31)
    assert AddOnEdit.objects.get(addon_code="0054T").edit_began_on == date(2010, 1, 1)


def test_a_contractor_s_primary_code_is_no_code(load):
    load()
    assert not Code.objects.filter(code="CCCCC").exists()


def test_codes_without_words_are_add_on_codes_or_not(load):
    load()
    said = Descriptor.objects.filter(code__kind="code").values_list("code__code", "is_addon")
    assert dict(said) == {"11042": False, "11045": True, "97597": False, "20703": True, "0054T": False}


def test_the_year_stands_in_the_name(load):
    release = load().release
    assert (release.edition, str(release.ends_on)) == ("2024", "2024-12-31")


def test_a_line_given_twice_stands_once(load):
    load([*ncci.AOC, ncci.AOC[0]])
    assert AddOnEdit.objects.count() == 4


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("4\t11045\t\t11042\t\t\t\t", "line 6, column 1: “4” is no AOC_Edit_Type"),
        ("1\t11045\t2020367\t11042\t\t\t\t", "line 6, column 9: “2020367” is no AOC_DelDT"),
        ("1\t11045\t\tXXXXX\t\t\t\t", "line 6, column 10: “XXXXX” is no Primary_Code"),
        ("1\t11045\t\t11042", "4 columns stand where 8 should"),
    ],
)
def test_what_is_not_the_layout_is_refused_by_line_and_column(load, row, sentence):
    with pytest.raises(Refused, match=sentence):
        load([*ncci.AOC, row])
    assert not Release.objects.exists()


@copies(EVERYDAY)
@given(content=mutated(ncci.aoc_text().encode()))
def test_mutated_copies_are_refused_or_loaded_whole(load, tmp_path, content):
    ncci.refused_or_whole(aoc.load, tmp_path / "AOC_2024.txt", content, AddOnEdit)


@pytest.mark.full
@copies(FULL)
@given(content=mutated(ncci.aoc_text().encode()))
def test_a_thousand_mutated_copies_are_refused_or_loaded_whole(load, tmp_path, content):
    ncci.refused_or_whole(aoc.load, tmp_path / "AOC_2024.txt", content, AddOnEdit)


def test_the_real_list_loads_whole():
    path = settings.BASE_DIR.parent / "shared/data/ncci/AOC_2024.txt"
    if not path.exists():
        pytest.skip("the real files of ../shared are not here")
    assert aoc.load(path, Asked()).release.row_count == 7_465
    assert AddOnEdit.objects.filter(primary_code="CCCCC").count() == 44
