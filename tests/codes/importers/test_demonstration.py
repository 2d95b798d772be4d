"""Demonstration releases: our own words until an official file is loaded."""

from datetime import date
from pathlib import Path

import pytest

from codes.importers import demonstration, lay_seeds
from codes.importers.loading import Edition, Refused, load
from codes.importers.merging import DESCRIPTORS
from codes.importers.placing import CodeRow
from codes.models import Code, Descriptor, LayDescription, Release, Term

DRAWN = Path(__file__).parents[2] / "files" / "demonstration.csv"
CPT = "20700-20705 11042-11047 97597-97598 99202-99205 99211-99215"
HCPCS = (
    "A4253 E0100 E0601 E0840 G0008 G0009 G0101 G0105 G0121 G0438 G0439 G2211 J0696 J1100 J1885 J3301 J3420 K0001 "
    "Q0091 T1015"
)


@pytest.fixture
def loaded(db):
    """The drawn demonstration, loaded as CPT's."""
    return demonstration.load(DRAWN, "cpt")


@pytest.fixture
def official(tmp_path):
    """Load a drawn official file of CPT with one code of the demonstration and one of its own."""
    path = tmp_path / "official.txt"
    path.write_text("20700 20702")

    def write(this, codes):
        this.codes([CodeRow(code) for code in codes])
        this.merge(
            DESCRIPTORS, [(code, True, None, "", "", f"Official {code}") for code in codes], is_main=True
        )

    def load_it():
        about = {"source": "cpt", "code_set": "cpt", "edition": "2026", "effective_on": date(2026, 1, 1)}
        edition = Edition(**about, source_file="official.txt", files=(path,))
        return load(edition, lambda: path.read_text().split(), write)

    return load_it


def lines(tmp_path, *changed):
    """A file with these lines below the right heading."""
    path = tmp_path / "own.csv"
    path.write_text("\n".join([",".join(demonstration.COLUMNS), *changed]) + "\n")
    return path


def test_a_demonstration_is_in_force_from_2021_with_an_open_end(loaded):
    release = loaded.release
    assert (release.effective_on, release.ends_on, release.is_demonstration) == (date(2021, 1, 1), None, True)
    assert Code.objects.in_force(date(2021, 1, 1)).count() == 3
    assert not Code.objects.in_force(date(2020, 12, 31)).exists()


def test_its_notice_says_that_the_words_are_ours(loaded):
    assert (
        "every word is Coding Ahead’s own and none the American Medical Association’s"
        in loaded.release.notice
    )


def test_ranges_are_lists_and_codes_can_be_reported(loaded):
    rows = Descriptor.objects.order_by("code__code").values_list("code__kind", "billable", "is_addon")
    assert list(rows) == [("range", False, None), ("code", True, True), ("code", True, False)]


def test_codes_hang_under_their_range(loaded):
    assert Code.objects.get(code="20700").path == ["20500-20999"]
    assert Code.objects.get(code="20700").parent.label == "Small things"


def test_a_rerun_changes_nothing(loaded):
    assert not demonstration.load(DRAWN, "cpt").is_new


def test_an_official_release_takes_the_place_of_every_word(loaded, official):
    official()
    assert list(Descriptor.objects.values_list("long", flat=True).order_by("long")) == [
        "Official 20700",
        "Official 20702",
    ]
    assert not Term.objects.exists()
    assert Release.objects.get(is_demonstration=True).state == "replaced"


def test_codes_that_only_the_demonstration_had_are_gone(loaded, official):
    official()
    assert list(Code.objects.order_by("code").values_list("code", flat=True)) == ["20700", "20702"]


def test_a_code_that_we_wrote_about_stays_without_words(loaded, official):
    code = Code.objects.get(code="20701")
    LayDescription.objects.create(code=code, body="Ours", drafted_on=date(2026, 1, 1))
    official()
    assert not code.descriptors.exists()
    assert LayDescription.objects.get().code == code


def test_a_demonstration_never_follows_an_official_release(db, official):
    official()
    assert not demonstration.load(DRAWN, "cpt").is_new
    assert not Release.objects.filter(is_demonstration=True).exists()


def test_another_heading_is_refused(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("code,kind\n")
    with pytest.raises(Refused, match=r"^own.csv: its first line must be code,kind,parent,"):
        demonstration.read(path)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("20700,code,,,a,,b", "has not 8 fields"),
        (",code,,,a,,b,no", "is missing or was there before"),
        ("20700,code,20500-20999,,a,,b,no", "its parent 20500-20999 must stand before it"),
        ("20700,page,,,a,,b,no", "kind is range or code"),
        ("20700,code,,,a,,b,maybe", "is_addon is yes, no or empty"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line, why):
    with pytest.raises(Refused, match=rf"^own.csv, line 2: .*{why}"):
        demonstration.read(lines(tmp_path, line))


def test_a_code_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"line 3: the code “20700” is missing or was there before"):
        demonstration.read(lines(tmp_path, *["20700,code,,,a,,b,no"] * 2))


def test_the_site_comes_with_these_cpt_codes():
    rows = demonstration.read(demonstration.fixture("cpt"))
    expected = [
        str(number)
        for first, last in (each.split("-") for each in CPT.split())
        for number in range(int(first), int(last) + 1)
    ]
    assert sorted(row.code for row in rows.codes if row.kind == "code") == sorted(expected)


def test_the_site_comes_with_these_hcpcs_codes():
    rows = demonstration.read(demonstration.fixture("hcpcs"))
    assert sorted(row.code for row in rows.codes if row.kind == "code") == HCPCS.split()


def test_every_demonstration_code_has_a_lay_description():
    described = {(each.code_set, each.code) for each in lay_seeds.read()}
    for code_set in demonstration.NOTICES:
        rows = demonstration.read(demonstration.fixture(code_set))
        assert {(code_set, row.code) for row in rows.codes if row.kind == "code"} <= described


def test_every_row_of_a_demonstration_has_a_short_name():
    for code_set in demonstration.NOTICES:
        rows = demonstration.read(demonstration.fixture(code_set))
        assert all(short and len(short) <= 80 for _, _, _, short, _, _ in rows.descriptors)
