"""The HCPCS Level II file: its editions, its own dates, and what several of them say together."""

import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.importers import demonstration, hcpcs
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Code, Descriptor, HcpcsFact, ProcessingNote, Release, ReleaseChange, Term
from tests import drawn as cast
from tests.codes.importers import damaging
from tests.codes.importers import drawn_hcpcs as drawn

CANE = drawn.record("E0100", "Drawn cane, of any", "material", short="Cane", coverage="D", pricing="32")


@pytest.fixture
def small(monkeypatch):
    """Let a drawn file be small."""
    monkeypatch.setattr(hcpcs, "CODES", (1, 100))
    monkeypatch.setattr(hcpcs, "MODIFIERS", (1, 100))


@pytest.fixture
def load(small, db, tmp_path):
    """Load records as an edition: `load("2019", record, …)` or `load("2026_JAN", …)`; returns the outcome."""

    def load_one(name, *records, **asked):
        path = tmp_path / f"HCPC{name}_ANWEB.txt"
        path.write_text(drawn.text(*records), "cp1252")
        return hcpcs.load(path, Asked(**asked))

    return load_one


def windows(code):
    rows = Descriptor.objects.filter(code__code=code).order_by("effective_on")
    return [
        (str(first), str(last) if last else "", text, known)
        for first, last, text, known in rows.values_list(
            "effective_on", "terminated_on", "long", "start_known"
        )
    ]


# What is refused


def test_a_file_without_a_letter_is_refused(load, tmp_path):
    path = tmp_path / "HCPC2019_ANWEB.txt"
    path.write_text(drawn.text().replace("V9000", "T9001"), "cp1252")
    with pytest.raises(Refused, match="has no code that begins with V: it is not the whole HCPCS file"):
        hcpcs.load(path, Asked())
    assert not Release.objects.exists()


def test_a_small_file_is_refused(db, tmp_path):
    path = tmp_path / "HCPC2019_ANWEB.txt"
    path.write_text(drawn.text(), "cp1252")
    with pytest.raises(Refused, match=r"16 HCPCS Level II codes; between 5,000 and 15,000 were expected"):
        hcpcs.load(path, Asked())
    assert not Release.objects.exists() and not HcpcsFact.objects.exists()


def test_a_name_without_an_edition_asks_for_one(small, db, tmp_path):
    path = tmp_path / "codes.txt"
    path.write_text(drawn.text(), "cp1252")
    with pytest.raises(
        Refused, match=r"codes.txt does not say which edition it is: give --edition and --eff"
    ):
        hcpcs.load(path, Asked())


# The edition


@pytest.mark.parametrize(
    ("name", "edition", "first", "last"),
    [
        ("2019", "2019", "2019-01-01", "2019-03-31"),
        ("2026_JAN", "2026, January", "2026-01-01", "2026-03-31"),
        ("2025_OCT", "2025, October", "2025-10-01", "2025-12-31"),
    ],
)
def test_the_name_says_which_edition_it_is(load, name, edition, first, last):
    release = load(name).release
    assert (release.edition, str(release.effective_on), str(release.ends_on)) == (edition, first, last)


def test_what_is_asked_for_goes_before_the_name(load):
    release = load("2019", edition="2019, July", effective_on=date(2019, 7, 1)).release
    assert (release.edition, str(release.ends_on)) == ("2019, July", "2019-09-30")


# What codes said, and when


def test_a_code_is_in_force_from_the_day_it_was_added(load):
    load("2019", CANE)
    assert windows("E0100") == [("2002-01-01", "", "Drawn cane, of any material", True)]


def test_a_terminated_code_ends_on_its_last_day(load):
    load("2019", drawn.record("E0100", "Drawn cane", ended="20171231", action="D"))
    assert windows("E0100")[0][:2] == ("2002-01-01", "2017-12-31")


def test_a_reactivated_code_begins_on_the_day_of_the_action(load):
    load("2019", drawn.record("E0100", "Drawn cane", acted="20180401", action="R"))
    assert windows("E0100")[0][0] == "2018-04-01"


def test_a_code_that_never_was_in_force_has_no_window(load):
    load("2019", drawn.record("E0100", "Drawn cane", added="20190101", ended="20181231"))
    assert windows("E0100") == []


def test_new_words_begin_with_their_edition(load):
    load("2019", CANE)
    load("2020", drawn.record("E0100", "Drawn stick"))
    assert [row[:3] for row in windows("E0100")] == [
        ("2002-01-01", "2019-03-31", "Drawn cane, of any material"),
        ("2019-04-01", "", "Drawn stick"),
    ]


def test_the_same_words_are_one_window(load):
    load("2019", CANE)
    load("2020", CANE)
    assert [row[:2] for row in windows("E0100")] == [("2002-01-01", "")]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_the_order_of_loading_does_not_matter(load, order):
    editions = [
        ("2019", (CANE,)),
        ("2020", (drawn.record("E0100", "Drawn stick"), drawn.record("E0200", "New", added="20200101"))),
        ("2021", (drawn.record("E0100", "Drawn stick", ended="20201231"),)),
    ]
    for at in order:
        load(editions[at][0], *editions[at][1])
    assert [row[:3] for row in windows("E0100")] == [
        ("2002-01-01", "2019-03-31", "Drawn cane, of any material"),
        ("2019-04-01", "2020-12-31", "Drawn stick"),
    ]
    assert [row[:2] for row in windows("E0200")] == [("2020-01-01", "2020-03-31")]


def test_titles_are_found_by_their_words(load):
    load("2019", CANE)
    assert (
        Term.objects.filter(code__code="E0100").values_list("text", flat=True).get().startswith("Drawn cane")
    )


def test_a_second_edition_counts_what_it_changes(load):
    load("2019", CANE, drawn.record("E0105", "Drawn"))
    made = load("2020", drawn.record("E0100", "Drawn stick"), drawn.record("E0200", "New")).release
    assert (made.added, made.changed, made.ended) == (1, 1, 1)
    changes = ReleaseChange.objects.filter(release=made).values_list("change", "subject", "after")
    assert sorted(changes) == [
        ("added", "E0200", "New"),
        ("changed", "E0100", "Drawn stick"),
        ("ended", "E0105", ""),
    ]


def test_an_edition_loaded_between_tells_the_later_one_anew(load):
    load("2019", CANE)
    latest = load("2021", drawn.record("E0200", "New")).release
    load("2020", CANE, drawn.record("E0200", "New"))
    assert list(latest.changes.values_list("change", "subject")) == [("ended", "E0100")]


def test_the_same_file_again_changes_nothing(load):
    load("2019", CANE)
    assert not load("2019", CANE).is_new


def test_a_corrected_file_takes_the_place_of_its_edition(load):
    load("2019", CANE)
    load("2019", drawn.record("E0100", "Drawn stick"))
    assert HcpcsFact.objects.filter(code="E0100").count() == 1
    assert windows("E0100")[0][2] == "Drawn stick"


# Its place among the codes


def test_a_letter_is_a_range_in_our_own_words(load):
    load("2019", CANE)
    cane = Code.objects.get(code="E0100")
    assert cane.path == ["E0000-E9999"]
    assert cane.parent.descriptors.get().long == "Lasting medical equipment for the home"


def test_a_long_letter_has_hundreds_between(load, monkeypatch):
    monkeypatch.setattr("codes.importers.hcpcs_ranges.LONG", 1)
    load("2019", CANE)
    assert Code.objects.get(code="E0100").path == ["E0000-E9999", "E0100-E0199"]


def test_modifiers_are_facts_and_no_codes(load):
    load("2019", CANE)
    assert HcpcsFact.objects.get(code="LT").is_modifier and not Code.objects.filter(code="LT").exists()


def test_a_release_takes_the_place_of_the_demonstration(load):
    demonstration.load(demonstration.fixture("hcpcs"), "hcpcs")
    load("2019", CANE)
    assert not Code.objects.filter(code="G0101").exists()
    assert windows("E0100")[0][2] == "Drawn cane, of any material"


# The zip and the workbook


def zipped(tmp_path, **members):
    path = tmp_path / "HCPC2019_ANWEB.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("__", "."), text)
    return path


def test_the_text_file_is_taken_out_of_the_zip_with_its_notes(small, db, tmp_path):
    note = "          0088--DRAWN NOTE ON THE     *\r\n                 CLAIM.    *\r\n\r\n  0089--ANOTHER.  *\r\n"
    path = zipped(
        tmp_path,
        HCPC2019_CONTR_ANWEB__txt=drawn.text(CANE),
        HCPC2019_README__txt="Read me",
        proc_notes_2019__txt=note,
    )
    hcpcs.load(path, Asked())
    assert dict(ProcessingNote.objects.values_list("number", "text")) == {
        "0088": "DRAWN NOTE ON THE CLAIM.",
        "0089": "ANOTHER.",
    }


def test_a_zip_without_the_file_is_refused(small, db, tmp_path):
    path = zipped(tmp_path, other__txt="", more__txt="")
    with pytest.raises(Refused, match=r"holds no file of this source"):
        hcpcs.load(path, Asked(edition="2019", effective_on=date(2019, 1, 1)))


# Damage


@damaging.times(damaging.EVERYDAY)
@given(seed=st.integers(0, 10**9))
def test_a_damaged_copy_is_refused_or_loaded_whole(small, db, tmp_path, seed):
    try_damaged(seed, tmp_path)


@pytest.mark.full
@damaging.times(damaging.FULL)
@given(seed=st.integers(0, 10**9))
def test_a_thousand_damaged_copies_are_refused_or_loaded_whole(small, db, tmp_path, seed):
    try_damaged(seed, tmp_path)


def try_damaged(seed, tmp_path):
    content = drawn.text(CANE).encode("cp1252")
    damaging.refused_or_whole("hcpcs", tmp_path / "HCPC2019_ANWEB.txt", content, seed)


def test_a_number_that_cms_named_before_gets_its_words_and_its_days(load):
    pfs = cast.release("hcpcs", source="pfs", starts=date(2018, 1, 1), ends=None)
    Release.objects.filter(pk=pfs.pk).update(code_set=None)
    for number in ("E0100", "E9999"):
        cast.code(pfs, number, "", short="", effective_on=date(2018, 1, 1))
    load("2019", CANE)
    assert windows("E0100") == [("2002-01-01", "", "Drawn cane, of any material", True)]
    assert windows("E9999") == [("2018-01-01", "", "", False)]
