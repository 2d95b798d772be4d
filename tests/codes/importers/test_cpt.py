"""The AMA's CPT files, drawn in words of our own: what is read, where words go, and what is refused."""

import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.importers import cpt, cpt_ranges, demonstration
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Code, Descriptor, Release, Term
from tests import drawn as cast
from tests.codes.importers import damaging
from tests.codes.importers import drawn_cpt as drawn


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let drawn files be small."""
    monkeypatch.setattr(cpt, "LEAST", 1)


@pytest.fixture
def load(db, tmp_path):
    """Load files (name → text) as a folder of that name; returns the outcome."""

    def load_it(given=None, name="CPT 2026", **asked):
        return cpt.load(drawn.folder(tmp_path / name, given), Asked(**asked))

    return load_it


def changed(**texts):
    return drawn.files() | {f"{name}.txt": text for name, text in texts.items()}


# Words


def test_a_code_has_its_three_descriptors(load):
    load()
    said = Descriptor.objects.get(code__code="20703")
    assert (said.short, said.medium, said.long) == drawn.WORDS["20703"]
    assert said.billable and said.is_addon is None


def test_an_edition_is_a_calendar_year_with_the_amas_notice(load):
    release = load().release
    assert (release.edition, release.effective_on, release.ends_on) == (
        "2026",
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert release.notice == "© Copyright 2026 American Medical Association. All rights reserved."


def test_the_heading_names_the_edition_where_the_folder_does_not(load):
    assert load(name="amas files").release.edition == "2026"


def test_the_year_of_a_copyright_line_is_no_edition(load):
    text = drawn.files()["LONGULT.txt"].replace("CPT 2026", "© 2025 somebody")
    with pytest.raises(Refused, match=r"amas files does not say of which year the files are: give --edition"):
        load(changed(LONGULT=text), "amas files")


def test_what_is_asked_for_goes_before_the_name(load):
    release = load(edition="2027", name="CPT 2026").release
    assert (release.edition, release.notice[:16]) == ("2027", "© Copyright 2027")


def test_words_of_clinicians_and_consumers_are_terms_of_their_own(load):
    load()
    terms = Term.objects.filter(code__code="20703").values_list("source", flat=True)
    assert sorted(terms) == ["clinician", "clinician", "consumer", "title"]


def test_words_of_clinicians_find_the_code_and_are_not_handed_out(load):
    load()
    (found,) = Code.objects.search("zyxwand")
    assert found.code == "20703" and found.matched_term is None


def test_words_of_modifiers_are_not_kept(load):
    load()
    assert not Term.objects.filter(text__contains="modifier").exists()


def test_the_consolidated_list_stands_in_for_missing_files(load):
    files = drawn.files()
    heading = "Concept Id\tCPT Code\tLong\tMedium\tShort\n"
    rows = "".join(
        f"1\t{code}\t{long}\t{medium}\t{short}\n" for code, (short, medium, long) in drawn.WORDS.items()
    )
    del files["SHORTU.txt"], files["MEDU.txt"], files["LONGULT.txt"]
    load(files | {"ConsolidatedCodeList.txt": heading + rows})
    assert Descriptor.objects.get(code__code="99213").long == drawn.WORDS["99213"][2]


def test_files_in_windows_encoding_are_read(db, tmp_path):
    folder = drawn.folder(tmp_path / "CPT 2026")
    text = drawn.files()["LONGULT.txt"].replace("known", "Ménière")
    (folder / "LONGULT.txt").write_bytes(text.encode("cp1252"))
    cpt.load(folder, Asked())
    assert "Ménière" in Descriptor.objects.get(code__code="99213").long


def test_a_zip_is_as_good_as_a_folder(db, tmp_path):
    path = tmp_path / "CPT 2026.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in drawn.files().items():
            packed.writestr(f"files/{name}", text)
    assert cpt.load(path, Asked()).release.row_count == 4


def test_the_same_files_again_change_nothing(load):
    load()
    assert not load().is_new


def test_a_later_year_stands_beside_the_earlier_one(load):
    load()
    reworded = drawn.WORDS | {"99213": ("Visit anew", "Drawn: a visit anew", "Drawn: a visit, in new words")}
    outcome = load(drawn.files(reworded), "CPT 2027")
    assert (outcome.release.added, outcome.release.changed, outcome.release.ended) == (0, 1, 0)
    assert Descriptor.objects.filter(code__code="99213").count() == 2


# Places


def test_ranges_are_named_in_our_own_words(load):
    load()
    assert Code.objects.get(code="99213").path == ["99202-99499", "99202-99215"]
    assert Descriptor.objects.get(code__code="99202-99215").long == "Visits in the office or clinic"


def test_ranges_of_the_demonstration_keep_their_addresses(load):
    demonstration.load(demonstration.fixture("cpt"), "cpt")
    load()
    assert Code.objects.get(code="20703").path == ["20100-29999", "20500-20705"]
    assert Descriptor.objects.get(code__code="20500-20705").billable is False


def test_a_long_range_has_hundreds_between(monkeypatch):
    monkeypatch.setattr(cpt_ranges, "LONG", 1)
    rows, names = cpt_ranges.placed(["70010", "70015", "71045"])
    assert [row.code for row in rows] == [
        "70000-79999",
        "70000-70099",
        "70010",
        "70015",
        "71000-71099",
        "71045",
    ]
    assert names["70000-70099"] == "Numbers 70000 to 70099"


def test_letters_at_the_end_come_after_the_numbers(load):
    load()
    codes = Code.objects.filter(kind="code").order_by("position").values_list("code", flat=True)
    assert list(codes) == ["20703", "20799", "99213", "0042T"]


def test_a_release_takes_the_place_of_the_demonstration(load):
    demonstration.load(demonstration.fixture("cpt"), "cpt")
    load()
    assert not Code.objects.filter(code="99215").exists()
    assert Release.objects.get(source="cpt-demonstration").state == "replaced"


def test_a_number_that_only_cms_names_keeps_its_page(load):
    cms = cast.release("cpt", source="pfs", starts=date(2025, 10, 1), ends=None)
    Release.objects.filter(pk=cms.pk).update(code_set=None)
    for number in ("20703", "88888"):
        cast.code(cms, number, "", short="", effective_on=date(2025, 10, 1))
    load()
    ends = dict(Descriptor.objects.filter(release=cms).values_list("code__code", "terminated_on"))
    assert ends == {"20703": date(2025, 12, 31), "88888": None}


# What is refused


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"SHORTU": ""}, r"20703 stands in MEDU.txt and not|0042T stands in MEDU.txt and not in SHORTU.txt"),
        (
            {"SHORTU": drawn.files()["SHORTU.txt"] + "20703 Again\n"},
            r"SHORTU.txt, line 5, column 1: 20703 stands in it",
        ),
        (
            {"SHORTU": drawn.files()["SHORTU.txt"] + "2070X Odd\n"},
            r"SHORTU.txt, line 5, column 1: “2070X” is no CPT code",
        ),
        ({"SHORTU": "20703 " + "x" * 29}, r"SHORTU.txt, line 1, column 35: a text has 28 characters here"),
        ({"MEDU": "20703 \n"}, r"MEDU.txt, line 1, column 7: 20703 has no text"),
        (
            {"LONGULT": drawn.files()["LONGULT.txt"] + "not a row\n"},
            r"LONGULT.txt, line 8, column 1: a CPT code, a tab",
        ),
        ({"ConsumerDescriptor": "1\t2\n"}, r"ConsumerDescriptor.txt: no line names the column CPT Code"),
        ({"ClinicianDescriptor": "CPT Code\tOther\n"}, r"line 1: the column Clinician Descriptor is missing"),
        (
            {"ClinicianDescriptor": "CPT Code\tClinician Descriptor\nD0120\tx\n"},
            r"ClinicianDescriptor.txt, line 2: “D0120” is no CPT code",
        ),
        (
            {"ClinicianDescriptor": "CPT Code\tClinician Descriptor\n20703\n"},
            r"line 2: it has 1 columns, fewer",
        ),
    ],
)
def test_what_is_not_the_layout_is_refused(load, texts, why):
    with pytest.raises(Refused, match=why):
        load(changed(**texts))
    assert not Release.objects.exists() and not Code.objects.exists()


def test_a_missing_file_is_named(load):
    files = drawn.files()
    del files["MEDU.txt"]
    with pytest.raises(Refused, match=r"MEDU.txt is missing. Give the folder with SHORTU.txt, MEDU.txt and"):
        load(files)


def test_what_is_neither_folder_nor_zip_is_refused(db, tmp_path):
    path = tmp_path / "SHORTU.txt"
    path.write_text("20703 x")
    with pytest.raises(Refused, match="neither a folder nor a zip"):
        cpt.load(path, Asked(edition="2026"))


def test_a_small_edition_is_refused(load, monkeypatch):
    monkeypatch.undo()
    with pytest.raises(Refused, match=r"CPT 2026 has 4 CPT codes; between 9,000 and 16,000 were expected"):
        load()


def try_damaged(seed, tmp_path):
    """A folder in which one file is damaged."""
    files = drawn.files()
    name = sorted(files)[seed % len(files)]
    folder = drawn.folder(tmp_path / "CPT 2026")
    (folder / name).write_bytes(damaging.damaged(files[name].encode(), seed))
    damaging.loaded_or_refused("cpt", folder)


@damaging.times(damaging.EVERYDAY)
@given(seed=st.integers(0, 10**9))
def test_a_damaged_copy_is_refused_or_loaded_whole(db, tmp_path, seed):
    try_damaged(seed, tmp_path)


@pytest.mark.full
@damaging.times(damaging.FULL)
@given(seed=st.integers(0, 10**9))
def test_a_thousand_damaged_copies_are_refused_or_loaded_whole(db, tmp_path, seed):
    try_damaged(seed, tmp_path)
