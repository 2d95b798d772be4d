"""Sheets of a workbook as rows of text."""

import io
import zipfile

import pytest

from codes.importers import xlsx
from codes.importers.loading import Refused

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
BOOK = f'<workbook {SPACE} {LINKS}><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>'
RELATED = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'


def workbook(rows, strings="", **parts):
    """A workbook of one sheet, as a stream."""
    held = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATED,
        "xl/sharedStrings.xml": f"<sst {SPACE}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>",
    } | parts
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        for name, text in held.items():
            if text is not None:
                book.writestr(name, text)
    stream.seek(0)
    return stream


def rows(stream, **options):
    return list(xlsx.rows(stream, name="drawn.xlsx", **options))


def test_shared_and_inline_strings_are_read():
    stream = workbook(
        '<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>two</t></is></c></row>',
        "<si><t>one</t></si>",
    )
    assert rows(stream) == [["one", "two"]]


def test_the_runs_of_a_string_are_joined():
    stream = workbook(
        '<row><c r="A1" t="s"><v>0</v></c></row>', "<si><r><t>bold </t></r><r><t>plain</t></r></si>"
    )
    assert rows(stream) == [["bold plain"]]


def test_numbers_stay_as_they_are_stored():
    assert rows(workbook('<row><c r="A1"><v>20190101</v></c></row>')) == [["20190101"]]


def test_a_cell_that_is_left_out_is_none():
    assert rows(workbook('<row><c r="C1"><v>3</v></c><c r="AA1"><v>27</v></c></row>')) == [
        [None, None, "3", *[None] * 23, "27"]
    ]


def test_a_workbook_without_shared_strings_is_read():
    stream = workbook("<row><c><v>1</v></c><c><v>2</v></c></row>", **{"xl/sharedStrings.xml": None})
    assert rows(stream) == [["1", "2"]]


def test_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(Refused, match=r"drawn\.xlsx has 1 sheets; sheet 2 was expected"):
        rows(workbook(""), sheet=1)


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": None},
        {"xl/worksheets/sheet1.xml": "<worksheet"},
        {"xl/worksheets/sheet1.xml": f'<worksheet {SPACE}><row><c t="s"><v>9</v></c></row></worksheet>'},
    ],
)
def test_a_broken_workbook_is_refused(parts):
    with pytest.raises(Refused, match=r"drawn\.xlsx is no whole Excel workbook"):
        rows(workbook("", **parts))


def test_what_is_no_zip_is_refused():
    with pytest.raises(Refused, match="no whole Excel workbook"):
        rows(io.BytesIO(b"not a workbook"))
