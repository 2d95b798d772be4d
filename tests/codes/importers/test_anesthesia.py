"""Anesthesia base units, from a workbook or a text; no real file is at hand."""

import zipfile

import pytest

from codes.importers import anesthesia
from codes.importers.loading import Refused
from codes.importers.sources import Asked, every_source
from codes.models import AnesthesiaBase, Code

pytestmark = pytest.mark.django_db
TEXT = "2025 Anesthesia Base Units by CPT Code\n\nCode\tBase Units\n00100\t5\n00102\t6\n01999\t0\n"
SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row><c t="inlineStr"><is><t>Code</t></is></c><c t="inlineStr"><is><t>Units</t></is></c></row>
<row><c><v>100</v></c><c><v>5</v></c></row></sheetData></worksheet>"""
BOOK = """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"""
RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"""


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load a drawn text."""
    monkeypatch.setattr(anesthesia, "LEAST", 1)

    def load_text(text=TEXT, name="2025 anesthesia base units.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="cp1252")
        return anesthesia.load(path, Asked())

    return load_text


def test_a_code_has_its_units(load):
    load()
    assert dict(AnesthesiaBase.objects.values_list("procedure", "units")) == {
        "00100": 5,
        "00102": 6,
        "01999": 0,
    }


def test_the_year_is_read_from_the_name(load):
    release = load().release
    assert (str(release.effective_on), str(release.ends_on)) == ("2025-01-01", "2025-12-31")


def test_every_code_gets_its_page(load):
    load()
    assert Code.objects.of("cpt").filter(code="00102").exists()


def test_words_between_code_and_units_are_not_kept(load):
    load("Code,Words,Units\n00100,Licensed words,5\n", "2025 base units.csv")
    assert list(AnesthesiaBase.objects.values_list("procedure", "units")) == [("00100", 5)]


def test_a_workbook_is_read_with_zeros_that_excel_dropped(tmp_path, load):
    path = tmp_path / "2025 base units.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        for name, text in (
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/worksheets/sheet1.xml", SHEET),
        ):
            book.writestr(name, text)
    anesthesia.load(path, Asked())
    assert AnesthesiaBase.objects.get().procedure == "00100"


def test_a_name_without_a_year_asks_for_the_options(load):
    with pytest.raises(Refused, match="--effective"):
        load("Code\tUnits\n00100\t5\n", "units.txt")


def test_a_code_without_units_is_refused_with_its_line(load):
    with pytest.raises(Refused, match="line 4"):
        load(TEXT.replace("00100\t5", "00100\tfive"))


def test_two_values_for_a_code_are_refused(load):
    with pytest.raises(Refused, match="line 5: 00100 stands in it twice"):
        load(TEXT.replace("00102", "00100"))


def test_it_is_marked_as_not_tried_on_a_real_file():
    assert not every_source()["anesthesia-base-units"].is_tried
