"""General equivalence mappings: which way a file leads, its flags, and what is refused."""

import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.importers import gem
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Equivalence, Release
from codingahead.devdb import ROOT
from tests.codes.importers import damaging

REAL = ROOT.parent / "shared" / "data" / "gems"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real files of ../shared are not here")
FORWARD = "25000 E119    10000\n00845 A0472   10111\n00845 A0471   10112\n"
BACKWARD = "E119    25000 10000\nR29700  NoDx  11000\nT500X1A v5889 10000\n"
PROCEDURES = "0151  02QA0ZZ 10000\n"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let drawn files be small."""
    monkeypatch.setattr(gem, "DIRECTIONS", tuple((*one[:2], 1, 100) for one in gem.DIRECTIONS))


@pytest.fixture
def load(db, tmp_path):
    """Load a text under a name; returns the outcome."""

    def load_one(text, name="2018_I9gem.txt", **asked):
        path = tmp_path / name
        path.write_text(text)
        return gem.load(path, Asked(**asked))[0]

    return load_one


def read(text):
    return gem.read("drawn.txt", text)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (FORWARD, ("icd-9-cm", "icd-10-cm")),
        (BACKWARD, ("icd-10-cm", "icd-9-cm")),
        (PROCEDURES, ("icd-9-pcs", "icd-10-pcs")),
        ("02QA0ZZ 0151  10000\n", ("icd-10-pcs", "icd-9-pcs")),
    ],
)
def test_the_codes_say_which_way_a_file_leads(text, way):
    mapping = read(text)
    assert (mapping.origin, mapping.target) == way


def test_flags_are_read_in_their_order():
    code, mapped, scenario, choice, is_approximate, is_combination, *_ = read(FORWARD).rows[2]
    assert (code, mapped, scenario, choice, is_approximate, is_combination) == (
        "00845",
        "A0471",
        1,
        2,
        True,
        True,
    )


def test_a_line_without_a_map_has_no_target():
    assert read(BACKWARD).rows[1][:2] == ("R29700", "")


def test_small_letters_are_read_as_capitals():
    assert read(BACKWARD).rows[2][1] == "V5889"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("25000 E119\n", r"drawn.txt, line 1, column 1: two codes and five digits were expected"),
        (f"{FORWARD * 8}".replace("10111", "1x111", 1), r"drawn.txt, line 2, column 1: two codes"),
        ("", r"drawn.txt has no line"),
        ("XYZ  ABC  10000\n", r"drawn.txt: its codes are not of ICD-9-CM and ICD-10"),
        (FORWARD + FORWARD[:20], r"drawn.txt, line 4, column 1: this line stands in the file twice"),
        (BACKWARD.replace("11000", "10000"), r"drawn.txt, line 2, column 9: “NODX” is no code of ICD-9-CM"),
        (
            BACKWARD.replace("25000 10000", "25000 11000"),
            r"line 1, column 16: the flag for “no map” and the target",
        ),
    ],
)
def test_what_is_no_mapping_is_refused(text, why):
    with pytest.raises(Refused, match=why):
        read(text)


def test_the_name_says_which_edition_it_is(load):
    release = load(FORWARD).release
    assert release.edition == "FY2018, ICD-9-CM to ICD-10-CM"
    assert (release.effective_on, release.ends_on) == (date(2017, 10, 1), date(2018, 9, 30))


def test_a_name_without_a_year_asks_for_the_edition(load):
    with pytest.raises(Refused, match="does not say which edition it is: give --edition and --effective"):
        load(FORWARD, "gem.txt")


def test_both_ways_stand_beside_each_other(load):
    load(FORWARD)
    load(BACKWARD, "2018_I10gem.txt")
    load(FORWARD)
    assert Equivalence.objects.filter(origin="icd-9-cm").count() == 3
    assert Equivalence.objects.filter(origin="icd-10-cm").count() == 3


def test_the_same_file_again_changes_nothing(load):
    load(FORWARD)
    assert not load(FORWARD).is_new


def test_a_later_edition_stands_in_its_own_year(load):
    load(FORWARD, "2017_I9gem.txt")
    load(FORWARD[20:], "2018_I9gem.txt")
    rows = Equivalence.objects.filter(code="25000").values_list("effective_on", "terminated_on")
    assert list(rows) == [(date(2016, 10, 1), date(2017, 9, 30))]


def test_every_mapping_of_a_zip_is_loaded(db, tmp_path):
    path = tmp_path / "2018-gems.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("2018_I9gem.txt", FORWARD)
        packed.writestr("2018_I10gem.txt", BACKWARD)
        packed.writestr("Guide.pdf", b"\0")
    assert len(gem.load(path, Asked())) == 2
    assert Release.objects.filter(source="gem").count() == 2


@damaging.times(damaging.EVERYDAY)
@given(seed=st.integers(0, 10**9))
def test_a_damaged_copy_is_refused_or_loaded_whole(db, tmp_path, seed):
    damaging.refused_or_whole("gem", tmp_path / "2018_I10gem.txt", BACKWARD.encode(), seed)


@pytest.mark.full
@damaging.times(damaging.FULL)
@given(seed=st.integers(0, 10**9))
def test_a_thousand_damaged_copies_are_refused_or_loaded_whole(db, tmp_path, seed):
    damaging.refused_or_whole("gem", tmp_path / "2018_I10gem.txt", BACKWARD.encode(), seed)


@needs_real
@pytest.mark.parametrize(("name", "count"), [("2018_I9gem.txt", 24_860), ("2018_I10gem.txt", 81_593)])
def test_the_real_files_have_their_lines(db, monkeypatch, name, count):
    monkeypatch.undo()
    (outcome,) = gem.load(REAL / name, Asked())
    assert outcome.release.row_count == Equivalence.objects.count() == count
