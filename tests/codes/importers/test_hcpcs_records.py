"""The records of the HCPCS file, fixed width and as a workbook, and what is refused in them."""

from datetime import date

import pytest

from codes.importers import hcpcs_records
from codes.importers.loading import Refused
from tests.codes.importers import drawn_hcpcs as drawn

CANE = drawn.record("E0100", "Drawn cane, of any", "material", short="Cane", coverage="D", pricing="32")


def read(*records):
    return {each.code: each for each in hcpcs_records.read("drawn.txt", drawn.text(*records))}


# A record


def test_continuations_are_joined():
    cane = read(drawn.record("E0100", "Drawn cane, of any", "material", "and length"))["E0100"]
    assert cane.long == "Drawn cane, of any material and length"


def test_the_lines_stay_as_the_file_breaks_them():
    assert read(drawn.record("E0100", "Drawn cane,", "short"))["E0100"].lines == ["Drawn cane,", "short"]


def test_every_field_is_read_from_its_columns():
    one = read(
        drawn.record(
            "E0100",
            "Drawn",
            short="Cane",
            pricing="3200  57",
            multiple="A",
            cim="60-9  280.1",
            mcm="2100.5  5107",
            statute="1862(a)(7)",
            lab="310630",
            xref="E0105E0110",
            coverage="D",
            asc="YY",
            asc_on="20100101",
            note="0088",
            betos="D1E",
            tos="AP R",
            units="  7",
            ended="20301231",
            action="C",
        )
    )["E0100"].fields
    assert one == {
        "short": "Cane",
        "pricing": ["32", "00", "", "57"],
        "multiple_pricing": "A",
        "ncd_sections": ["60-9", "280.1"],
        "manual_sections": ["2100.5", "5107"],
        "statute": "1862(a)(7)",
        "lab_certifications": ["310", "630"],
        "cross_references": ["E0105", "E0110"],
        "coverage": "D",
        "asc_group": "YY",
        "asc_on": date(2010, 1, 1),
        "mog_group": "",
        "mog_policy": "",
        "mog_on": None,
        "processing_note": "0088",
        "betos": "D1E",
        "types_of_service": ["A", "P", "", "R"],
        "anesthesia_units": 7,
        "added_on": date(2002, 1, 1),
        "acted_on": date(2002, 1, 1),
        "terminated_on": date(2030, 12, 31),
        "action": "C",
    }


def test_a_modifier_stands_in_columns_four_and_five():
    assert read()["LT"].is_modifier


@pytest.mark.parametrize("code", ["20703", "0042T", "0001U", "1000F", "D0120", "25"])
def test_rows_of_other_owners_are_passed_over_with_their_continuations(code):
    found = read(drawn.record(code, "Somebody else’s"[:8], "words"), CANE)
    assert code not in found and not [each for each in found.values() if "words" in each.long]


def test_a_drawn_file_is_dumped_as_it_was():
    text = drawn.text(CANE, drawn.record("E0105", "Drawn", lab="310   630", tos="A P", units="  7"))
    found = hcpcs_records.read("drawn.txt", text)
    again = [line for each in found for line in hcpcs_records.dump(Flat(each))]
    assert again == [line for line in text.split("\n") if len(line) == 320]


class Flat:
    """A record with its fields as attributes, as a fact has them."""

    def __init__(self, record):
        vars(self).update(record.fields, code=record.code, is_modifier=record.is_modifier, lines=record.lines)


# What is refused


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"added": "20021301"}, r"line 20, column 269: “20021301” is not a day"),
        ({"added": "2002"}, r"line 20, column 269: “2002” is not a day"),
        ({"units": "abc"}, r"line 20, column 266: “abc” is not a whole number"),
        ({"added": " " * 8, "acted": " " * 8}, r"line 20, column 269: a record has the day"),
        ({"action": "N tail"}, r"line 20, column 294: this column is empty"),
    ],
)
def test_a_field_that_cannot_be_is_refused_with_its_place(fields, why):
    with pytest.raises(Refused, match=why):
        read(drawn.record("E0100", "Drawn", **fields))


def test_a_code_of_another_shape_is_refused():
    with pytest.raises(Refused, match=r"line 20, column 1: “E01X0” is not a HCPCS Level II code"):
        read(drawn.record("E01X0", "Drawn"))


def test_a_continuation_without_its_code_is_refused():
    alone = drawn.record("E0100", "Drawn", "more")[1:]
    with pytest.raises(
        Refused, match=r"line 20, column 1: this goes on with E0100, but E0100 does not stand"
    ):
        read(alone)


def test_an_unknown_record_is_refused():
    line = drawn.record("E0100", "Drawn")[0].replace("E0100001003", "E0100001005")
    with pytest.raises(Refused, match=r"line 20, column 11: record “5” is none of"):
        read([line])


def test_a_code_that_stands_twice_is_refused():
    with pytest.raises(Refused, match=r"drawn.txt: E0100 stands in it twice"):
        read(drawn.record("E0100", "Drawn"), drawn.record("E0100", "Drawn again"))


# The workbook


SHEET = [
    [None],
    ["HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", *(h for f in hcpcs_records.FIELDS for h in f.headings)],
]


def sheet_row(code, record, text, **fields):
    cells = {"HCPC": code, "RECID": record, "LONG DESCRIPTION": text, "ADD DT": "20020101"} | fields
    return [cells.get(heading) for heading in SHEET[1]]


def test_a_row_of_the_workbook_is_a_record():
    row = sheet_row("E0100", "3", "Drawn cane", PRICE1="32", **{"TERM DT": "20171231"})
    (cane,) = hcpcs_records.read_sheet("drawn.xlsx", [*SHEET, row])
    assert (cane.long, cane.fields["pricing"], str(cane.fields["terminated_on"])) == (
        "Drawn cane",
        ["32"],
        "2017-12-31",
    )


def test_a_workbook_is_refused_with_row_and_column():
    with pytest.raises(Refused, match=r"drawn.xlsx, line 3, column 5: “x{20}” is longer than the 28"):
        hcpcs_records.read_sheet(
            "drawn.xlsx", [*SHEET, sheet_row("E0100", "3", "Drawn", **{"SHORT DESCRIPTION": "x" * 29})]
        )


def test_a_workbook_without_headings_is_refused():
    with pytest.raises(Refused, match="no row of headings HCPC"):
        hcpcs_records.read_sheet("drawn.xlsx", [["a", "b"]])
