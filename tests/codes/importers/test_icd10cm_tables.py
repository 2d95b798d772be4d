"""The lists beside the tabular list, drawn: exempt codes, conversions, and the alphabetic index."""

from datetime import date

import pytest

from codes.importers import conversions, icd10cm, icd10cm_index, poa_exempt
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Code, CodeConversion, IndexEntry, Term
from tests.codes.importers import icd_files


@pytest.fixture
def put(tmp_path):
    """Write a file down; returns its path."""

    def put_one(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return put_one


@pytest.fixture
def few(db, monkeypatch):
    icd_files.let_few_pass(monkeypatch)


@pytest.fixture
def index(put):
    """The entries of the drawn index: (code, whether a stem, path) by part."""
    parts, _ = icd10cm_index.read(put(*icd_files.as_published("icd10cm-index")))
    return {part: [(row[0], row[3], row[1]) for row in rows] for part, rows in parts.items()}


def converted(put, *rows):
    return conversions.read(put("table-FY2026.xlsx", icd_files.workbook(icd_files.conversion_rows(*rows))))[2]


# Conversions


def test_a_year_means_its_first_of_october_and_a_number_excels_day(put):
    rows = converted(put, ("E11.A ", "2025", "E11.9"), ("W45.3XXA", "45017", "None"))
    assert rows == [
        ("E11A", date(2025, 10, 1), "E11.9", ["E119"]),
        ("W453XXA", date(2023, 4, 1), "None", []),
    ]


@pytest.mark.parametrize(
    ("previous", "codes"),
    [
        ("C56.1 and C56.2", ["C561", "C562"]),
        ("H02.101-H02.103; H02.109", ["H02101", "H02102", "H02103", "H02109"]),
        ("I63.011 AND I63.012", ["I63011", "I63012"]),
        ("I63.- and P91.88", ["I63", "P9188"]),
        ("Codes in Categories T15-T19", ["T15", "T19"]),
        ("None", []),
    ],
)
def test_the_codes_in_the_previous_column_are_read(previous, codes):
    assert conversions.previous_codes(previous) == codes


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("E1", "2025", "E11.9"), "line 3, column 1: “E1” is no ICD-10-CM code"),
        (("E11.A", "soon", "E11.9"), "line 3, column 2: “soon” is neither a year nor a day"),
        (("E11.A", "2025", ""), "line 3, column 3: the previous codes are missing"),
    ],
)
def test_a_wrong_cell_is_named(put, row, said):
    with pytest.raises(Refused, match=said):
        converted(put, row)


def test_a_sheet_without_the_heading_is_no_conversion_table(put):
    with pytest.raises(Refused, match="it is not the conversion table"):
        conversions.read(put("a.xlsx", icd_files.workbook([("a", "b")])))


def test_a_newer_table_takes_the_place_of_the_older(put, few):
    for year, rows in (
        (2025, [("A01.0", "2020", "A01")]),
        (2026, [("A01.0", "2020", "A01"), ("B01.0", "2025", "B01")]),
    ):
        path = put(f"table-FY{year}.xlsx", icd_files.workbook(icd_files.conversion_rows(*rows)))
        conversions.load(path, Asked())
    assert sorted(CodeConversion.objects.filter(terminated_on=None).values_list("current", flat=True)) == [
        "A010",
        "B010",
    ]


# Exempt codes


def test_exempt_codes_are_stored_undotted(put):
    assert poa_exempt.read(put("POAexemptCodesFY26.txt", icd_files.exempt("B90.0", "Z99.89")))[1] == [
        "B900",
        "Z9989",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code\tname\r\n", "line 1: the heading POAexemptCode was expected"),
        (icd_files.exempt("B90.0", "90.0"), "line 3, column 7"),
        (icd_files.exempt("B90.0")[:-5], "line 2: the file ends within a line"),
        (icd_files.exempt("B90.0", "B90.0"), "1 codes stand twice"),
    ],
)
def test_another_list_is_refused(put, content, said):
    with pytest.raises(Refused, match=said):
        poa_exempt.read(put("POAexemptCodesFY26.txt", content))


# The index


def test_a_line_is_told_with_all_terms_above_it(index):
    assert ("E1132", True, "Sugar, sugary (high) (sweet), with, swollen retina") in index["index"]


def test_a_second_code_in_brackets_is_told_beside_the_first(index):
    assert ("I43", False, "Sugar, sugary (high) (sweet), with, heart disease [beside E11.5]") in index[
        "index"
    ]


def test_a_line_that_sees_another_leads_to_its_code(index):
    assert ("E119", False, "Sweetness (see Sugar, sugary)") in index["index"]
    assert not any("Syrup" in path for _, _, path in index["index"])


def test_a_cell_of_a_table_is_told_with_its_column(index):
    assert index["drug"] == [("T491X1", False, "Syrup: Poisoning, Accidental (unintentional)")]
    assert index["neoplasm"][1] == ("C00", True, "Neoplasm, neoplastic, lip: Malignant Primary")


def test_external_causes_are_a_part_of_their_own(index):
    assert index["external"] == [("W19", False, "Fall (drawn)")]


def test_the_index_leads_the_search_to_codes_that_are_loaded(put, few):
    tabular = put("icd10cm_tabular_2026.xml", icd_files.TABULAR)
    icd10cm.load_published(tabular, Asked())
    icd10cm_index.load(put(*icd_files.as_published("icd10cm-index")), Asked())
    assert "E119" in Code.objects.search("sweetness sugary").values_list("code", flat=True)
    assert Term.objects.filter(source="index").count() < IndexEntry.objects.count()


def test_a_file_that_is_no_index_is_refused(put):
    with pytest.raises(Refused, match="is no part of the alphabetic index"):
        icd10cm_index.read(put("a.xml", b"<x><title>Drawn</title></x>"))


def test_a_zip_without_all_parts_is_refused(put):
    members = {name: text for name, text in icd_files.INDEX.items() if "drug" not in name}
    with pytest.raises(Refused, match="holds no file of this source"):
        icd10cm_index.read(put("a.zip", icd_files.zipped(members)))


def test_a_word_where_a_code_stands_is_refused(put):
    text = icd_files.INDEX["icd10cm_index_2026.xml"].replace("E11.9", "soon")
    with pytest.raises(Refused, match="“soon” at “Sugar, sugary"):
        icd10cm_index.read(put("icd10cm_index_2026.xml", text.encode()))
