"""Order files of diagnoses beside the tabular list: places, chapters over older editions, short titles."""

from datetime import date

import pytest

from codes.importers import fiscal, headings, icd10cm, icd10cm_order, order_files
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Code, CodeSet, Descriptor
from tests.codes.importers import icd_files

FY2025, APRIL_2026, FY2027 = date(2025, 1, 1), date(2026, 5, 1), date(2027, 1, 1)
# the drawn tabular list has E11, E11.9 and their chapter; the order files have what follows and a code each letter
OWN = [("E11", 0), ("E119", 1), ("E12", 0), ("E120", 1)]


@pytest.fixture(autouse=True)
def few(db, monkeypatch):
    icd_files.let_few_pass(monkeypatch)


@pytest.fixture
def load(tmp_path):
    """Load a drawn edition: a year's order file, or `tabular` (April 2026)."""

    def load_one(what):
        if what == "tabular":
            path = tmp_path / "icd10cm_tabular_April_2026.xml"
            path.write_bytes(icd_files.TABULAR)
            return icd10cm.load_published(path, Asked())
        path = tmp_path / f"icd10cm_order_{what}.txt"
        rows = [(f"{letter}99", 1, "Drawn", f"Drawn {letter}") for letter in icd_files.LETTERS]
        own = [(code, flag, f"Short {code}", f"Long {code}") for code, flag in OWN]
        path.write_bytes(icd_files.order([*own, *rows]))
        return icd10cm_order.load(path, Asked())

    return load_one


def place(code):
    """Where a code of ICD-10-CM stands."""
    found = Code.objects.get(code=code)
    return found.path, found.parent and found.parent.code


def titles(code):
    """The windows of a code: (first day, last day, title)."""
    rows = Descriptor.objects.filter(code__code=code).order_by("effective_on")
    return [
        (str(a), str(b or ""), text)
        for a, b, text in rows.values_list("effective_on", "terminated_on", "long")
    ]


@pytest.mark.parametrize("order", [("tabular", 2027), (2027, "tabular")])
def test_a_code_stands_where_the_tabular_list_has_it_in_any_order(load, order):
    for what in order:
        load(what)
    assert place("E119") == (["E00-E89", "E08-E13", "E11"], "E11")


@pytest.mark.parametrize("order", [("tabular", 2027), (2027, "tabular")])
def test_a_category_that_the_tabular_list_lacks_stands_in_its_block(load, order):
    for what in order:
        load(what)
    assert place("E12") == (["E00-E89", "E08-E13"], "E08-E13")
    assert place("E120") == (["E00-E89", "E08-E13", "E12"], "E12")


def test_without_a_tabular_list_categories_stand_at_the_top(load):
    load(2026)
    assert place("E119") == (["E11"], "E11")
    assert place("E11") == ([], None)


@pytest.mark.parametrize("order", [("tabular", 2025, 2027), (2025, 2027, "tabular"), (2027, "tabular", 2025)])
def test_chapters_stand_over_the_editions_that_have_none(load, order):
    for what in order:
        load(what)
    chapter = Descriptor.objects.filter(code__code="E00-E89")
    assert all(chapter.in_force(day).count() == 1 for day in (FY2025, APRIL_2026, FY2027))
    assert titles("E00-E89") == [("2024-10-01", "", "Glands and metabolism")]


@pytest.mark.parametrize("order", [("tabular", 2025, 2027), (2027, 2025, "tabular")])
def test_each_edition_speaks_in_its_own_days(load, order):
    for what in order:
        load(what)
    assert [(first, last) for first, last, _ in titles("E119")] == [
        ("2024-10-01", "2026-03-31"),
        ("2026-04-01", "2026-09-30"),
        ("2026-10-01", ""),
    ]


def test_what_is_written_is_what_was_read(load, tmp_path):
    load(2026)
    written = "".join(order_files.written("icd-10-cm", date(2026, 1, 1))).encode()
    assert written == (tmp_path / "icd10cm_order_2026.txt").read_bytes()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("00001 A00     2 Cholera", "line 1, column 15: the flag 0 or 1"),
        ("0001 A000    1 Cholera", "line 1, column 1: an order number"),
        ("00001 a000    1 Cholera", "line 1, column 7: a code"),
        ("00001 A000    1 Cholera", "line 1, column 78: a long title"),
    ],
)
def test_a_line_in_another_layout_names_its_place(tmp_path, line, said):
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_text(f"{line}\n")
    with pytest.raises(Refused, match=said):
        order_files.read(path, icd10cm_order.FILE)


def test_a_missing_line_is_noticed_by_the_next_number(tmp_path):
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_bytes(b"".join(icd_files.diagnoses().splitlines(keepends=True)[1:]))
    with pytest.raises(Refused, match="the order number is 2, not 1"):
        order_files.read(path, icd10cm_order.FILE)


def test_a_code_on_two_lines_is_refused(tmp_path):
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_bytes(icd_files.order([("A00", 0, "x", "x"), ("A00", 1, "x", "x")]))
    with pytest.raises(Refused, match="line 2, column 7: the code A00 stands twice"):
        order_files.read(path, icd10cm_order.FILE)


def test_a_file_that_ends_within_a_line_is_refused(tmp_path):
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_bytes(icd_files.diagnoses()[:-10])
    with pytest.raises(Refused, match="the file ends within a line"):
        order_files.read(path, icd10cm_order.FILE)


def test_places_of_an_empty_code_set_are_none():
    assert headings.places(CodeSet.objects.known("icd-10-cm")).above("E11") == ()


@pytest.mark.parametrize(
    ("names", "edition", "first", "last"),
    [
        (("icd10cm_order_2026.txt",), "FY2026", "2025-10-01", "2026-09-30"),
        (("x.txt", "POAexemptCodesFY26.zip"), "FY2026", "2025-10-01", "2026-09-30"),
        (("icd10c-tabular-April-1-2026.xml",), "FY2026, April 2026 update", "2026-04-01", "2026-09-30"),
    ],
)
def test_a_name_tells_the_fiscal_year(names, edition, first, last):
    about = fiscal.about(Asked(), *names)
    assert (about["edition"], str(about["effective_on"]), str(about["ends_on"])) == (edition, first, last)


def test_what_the_operator_says_comes_first():
    about = fiscal.about(Asked("As sent", date(2026, 10, 1), date(2027, 3, 31)), "icd10cm_order_2026.txt")
    assert (about["edition"], str(about["effective_on"]), str(about["ends_on"])) == (
        "As sent",
        "2026-10-01",
        "2027-03-31",
    )
