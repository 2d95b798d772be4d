"""The tabular list: a drawn one in its official layout, and the edition of April 2026 whole."""

from pathlib import Path

import pytest

from codes.importers import icd10cm, packages
from codes.importers.loading import Refused
from codes.models import Code, Descriptor, Note, NoteReference, Release, SeventhCharacter, Term

FILES = Path(__file__).parents[2] / "files"
TABULAR, CODE_LIST = FILES / "icd10cm_tabular.xml", FILES / "icd10cm_codes.txt"


@pytest.fixture(scope="module")
def drawn():
    """The rows of the drawn list."""
    return icd10cm.read(TABULAR, CODE_LIST)


@pytest.fixture(scope="module")
def real():
    """The rows of the package's edition of April 2026."""
    return icd10cm.read(*packages.icd10cm())


@pytest.fixture
def loaded(db, monkeypatch):
    """The drawn list, loaded."""
    monkeypatch.setattr(icd10cm, "EXPECTED_CODES", (1, 100))
    monkeypatch.setattr(icd10cm, "EXPECTED_BILLABLE", (1, 100))
    return icd10cm.load(TABULAR, CODE_LIST, **icd10cm.APRIL_2026)


def row(tabular, code):
    """The place of a code."""
    return next(each for each in tabular.codes if each.code == code)


def descriptor(tabular, code):
    """Whether a code is billable, and its title."""
    return next((billable, title) for each, billable, *_, title in tabular.descriptors if each == code)


def notes(tabular, code):
    """Kind and text of the notes at a code, in order."""
    return [(str(kind), text) for each, kind, _, text in tabular.notes if each == code]


def test_a_chapter_is_stored_as_its_range_and_keeps_its_number(drawn):
    assert (row(drawn, "E00-E89").kind, row(drawn, "E00-E89").label) == ("range", "Chapter 4")
    assert descriptor(drawn, "E00-E89") == (False, "Glands and metabolism")


def test_a_chapter_with_the_range_of_its_block_has_a_code_of_its_own(drawn):
    assert row(drawn, "S00-T88").parent == "CHAPTER-19"
    assert row(drawn, "CHAPTER-19").kind == "range"


def test_a_block_of_one_category_is_no_namesake_of_it(drawn):
    assert row(drawn, "D49").parent == "D49-D49"
    assert row(drawn, "D49-D49").kind == "range"


def test_blocks_stand_in_the_blocks_that_span_them(drawn):
    assert row(drawn, "C00-C14").path == ("C00-D49", "C00-C96", "C00-C75")
    assert row(drawn, "C7A-C7A").path == ("C00-D49", "C00-C96")
    assert row(drawn, "D49-D49").path == ("C00-D49",)


def test_the_path_leads_from_the_chapter_to_the_parent(drawn):
    assert row(drawn, "E11321").path == ("E00-E89", "E08-E13", "E11", "E113", "E1132")
    assert row(drawn, "E11321").parent == "E1132"


def test_rows_come_in_tabular_order(drawn):
    codes = [each.code for each in drawn.codes if each.code.startswith("E11")]
    assert codes == ["E11", "E113", "E1132", "E11321", "E113211", "E113212", "E119"]


def test_a_seventh_character_adds_its_words_to_the_title(drawn):
    assert descriptor(drawn, "E113212") == (True, "Sugar disease, type 2, with swollen retina, left eye")


def test_a_short_code_is_padded_before_its_seventh_character(drawn):
    assert descriptor(drawn, "T148XXA") == (True, "Other injury of a part not named, initial encounter")
    assert row(drawn, "T148XXA").parent == "T148"


def test_a_leaf_with_seventh_characters_is_a_header(drawn):
    assert not descriptor(drawn, "T148")[0]
    assert not descriptor(drawn, "E11321")[0]


def test_the_nearest_seventh_characters_win_and_the_list_of_codes_has_the_last_word(drawn):
    made = [each.code for each in drawn.codes if each.code.startswith("T149X1")]
    assert made == ["T149X1", "T149X1A"]


def test_without_a_list_of_codes_every_expansion_stands():
    made = [each.code for each in icd10cm.read(TABULAR).codes if each.code.startswith("T149X1")]
    assert made == ["T149X1", "T149X1A", "T149X1D"]


def test_notes_stand_at_their_own_level_in_their_order(drawn):
    assert notes(drawn, "E11") == [
        ("includes", "sugar disease NOS"),
        ("includes", "sugar disease of adults"),
        ("use_additional", "code to identify control using: insulin (Z79.4)"),
        ("excludes1", "sugar disease of pregnancy (O24.4-)"),
    ]
    assert notes(drawn, "C00-C14") == [("excludes1", "growth of the skin of the lip (C43.0, C44.0-)")]
    assert not notes(drawn, "E1132111")


def test_a_note_on_several_lines_is_one_line(drawn):
    text = "All growths stand in this chapter, whether they work or not (i.e. E05.8, E16-E31)."
    assert notes(drawn, "C00-D49") == [("note", text)]


def test_a_note_under_a_seventh_character_names_the_character(drawn):
    assert notes(drawn, "E1132")[1] == ("seventh_character", "2: eye on the left side")


def test_the_table_of_visual_impairment_becomes_sentences(drawn):
    assert [text for _, text in notes(drawn, "H54")] == [
        "Category 1 of visual impairment, visual acuity with best possible correction: less than 6/18 or 20/70; "
        "equal to or better than 6/60 or 20/200.",
        "Category 5 of visual impairment: no light perception.",
    ]


def test_seventh_characters_stand_at_the_code_that_defines_them(drawn):
    assert ("E1132", "1", "right eye") in drawn.seventh_characters
    assert {code for code, _, _ in drawn.seventh_characters} == {"E1132", "T14", "T149X1"}


def test_a_load_counts_codes_and_not_ranges(loaded):
    codes = Code.objects.filter(kind="code").count()
    assert str(loaded).startswith(
        f"icd10cm-tabular FY2026, April 2026 update: {codes} rows, {codes} added, 0 changed, 0 ended, "
    )


def test_a_load_writes_every_kind_of_row(loaded, drawn):
    assert Code.objects.count() == Descriptor.objects.count() == len(drawn.codes)
    assert Note.objects.count() == len(drawn.notes)
    assert SeventhCharacter.objects.count() == len(drawn.seventh_characters)


def test_a_loaded_code_hangs_under_its_parent(loaded):
    code = Code.objects.select_related("parent").get(code="E113211")
    assert (code.parent.code, code.path[-1]) == ("E11321", "E11321")


def test_titles_and_inclusion_terms_are_found_by_the_search(loaded):
    assert "E119" in Code.objects.search("sweet urine").values_list("code", flat=True)
    assert "T148XXA" in Code.objects.search("other injury initial").values_list("code", flat=True)


def test_an_inclusion_term_that_is_printed_twice_is_one_term(loaded):
    assert Term.objects.filter(code__code="E119", source="inclusion").count() == 1
    assert Note.objects.filter(code__code="E119", kind="inclusion_term").count() == 2


def test_codes_that_notes_name_are_written_down(loaded):
    named = NoteReference.objects.filter(note__code__code="C00-C14").order_by("first")
    assert list(named.values_list("first", "last", "is_qualified")) == [
        ("C430", "C430", False),
        ("C440", "C440", False),
    ]
    assert NoteReference.objects.get(first="T36").is_qualified


def test_the_release_says_where_it_came_from(loaded):
    release = Release.objects.get()
    assert (release.source_file, release.state) == ("icd10cm_tabular.xml", "current")
    assert "National Center for Health Statistics" in release.notice


@pytest.mark.django_db
def test_a_file_with_too_few_codes_is_refused_in_a_sentence():
    with pytest.raises(
        Refused, match=r"icd10cm_tabular.xml has 20 codes; between 90,000 and 110,000 were expected"
    ):
        icd10cm.load(TABULAR, CODE_LIST, **icd10cm.APRIL_2026)
    assert not Code.objects.exists()
    assert not Release.objects.exists()


def test_a_broken_file_is_refused_in_a_sentence(tmp_path):
    broken = tmp_path / "half.xml"
    broken.write_text(TABULAR.read_text()[:2000])
    with pytest.raises(Refused, match=r"half.xml, line .*: it is not a whole XML file"):
        icd10cm.read(broken)


def test_a_chapter_without_its_range_is_refused_in_a_sentence(tmp_path):
    odd = tmp_path / "odd.xml"
    odd.write_text(TABULAR.read_text().replace("Growths (C00-D49)", "Growths"))
    with pytest.raises(Refused, match="“Growths” does not end in its range"):
        icd10cm.read(odd)


def test_the_real_edition_is_complete(real):
    kinds = [each.kind for each in real.codes]
    assert (kinds.count("code"), kinds.count("range")) == (98_186, 319)
    assert sum(billable for _, billable, *_ in real.descriptors) == 74_719


def test_the_real_edition_has_the_codes_of_its_list_and_no_others(real):
    listed = set(packages.icd10cm()[1].read_text().split())
    codes = {each.code for each in real.codes if each.kind == "code"}
    assert codes == {each for each in listed if "-" not in each and not each.isdigit()}


def test_every_code_of_the_real_edition_leads_up_to_a_chapter(real):
    place = {each.code: each for each in real.codes}
    assert len(place) == len(real.codes)
    for each in real.codes:
        assert each.parent == (each.path[-1] if each.path else "")
        assert all(above in place for above in each.path)
        assert place[(*each.path, each.code)[0]].label.startswith("Chapter ")


def test_the_real_edition_has_every_note(real):
    assert (len(real.notes), len(real.seventh_characters)) == (25_176, 1_790)
