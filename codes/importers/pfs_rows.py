"""The files in CMS's zip of relative values, read into rows: PPRRVU, GPCI, localities, anesthesia, OPPSCAP.

The DESCRIPTION column of PPRRVU is never read: for most codes it is the AMA's or the ADA's text.
"""

import re
from dataclasses import dataclass, field

from codes.importers import files, sheets
from codes.importers.loading import Refused
from codes.importers.sheets import Column

CODE = re.compile(r"\d{4}[0-9AFMTU]|[A-V]\d{4}")
UNITS = re.compile(r"\d{1,6}(\.\d{1,2})?")
INDEX = re.compile(r"\d{1,2}(\.\d{1,3})?")
FACTOR = re.compile(r"\d{1,4}(\.\d{1,4})?")
DIGIT = re.compile(r"\d")
ANYTHING = re.compile(r"(?s).*")
MAC, NUMBER, STATE = re.compile(r"\d{5}"), re.compile(r"\d{2}"), re.compile(r"[A-Z]{2}")


def units(heading):
    """A column of relative value units or dollars."""
    return Column(heading, UNITS, "a number with two decimals")


def not_applicable(heading):
    """A column that says NA or nothing."""
    return Column(heading, re.compile("(NA)?"), "NA or empty")


def digit(heading):
    """An indicator of one digit."""
    return Column(heading, DIGIT, "an indicator of one digit")


# in the order of the file; the last line of its heading is the second part
PPRRVU = (
    (Column("HCPCS", CODE, "a code"), "HCPCS"),
    (Column("MOD", re.compile("[0-9A-Z]{2}|"), "a modifier or empty"), "MOD"),
    (Column("DESCRIPTION", ANYTHING, "a text"), "DESCRIPTION"),
    (Column("STATUS CODE", re.compile("[A-HIJMNPRTX]"), "a status indicator"), "CODE"),
    (Column("NOT USED FOR MEDICARE PAYMENT", re.compile(r"\+?"), "+ or empty"), "PAYMENT"),
    (units("WORK RVU"), "RVU"),
    (units("NON-FAC PE RVU"), "PE RVU"),
    (not_applicable("NON-FAC NA INDICATOR"), "INDICATOR"),
    (units("FACILITY PE RVU"), "PE RVU"),
    (not_applicable("FACILITY NA INDICATOR"), "INDICATOR"),
    (units("MP RVU"), "RVU"),
    (units("NON-FACILITY TOTAL"), "TOTAL"),
    (units("FACILITY TOTAL"), "TOTAL"),
    (digit("PCTC IND"), "IND"),
    (Column("GLOB DAYS", re.compile("0[019]0|MMM|XXX|YYY|ZZZ"), "a global period"), "DAYS"),
    (units("PRE OP"), "OP"),
    (units("INTRA OP"), "OP"),
    (units("POST OP"), "OP"),
    (digit("MULT PROC"), "PROC"),
    (digit("BILAT SURG"), "SURG"),
    (digit("ASST SURG"), "SURG"),
    (digit("CO-SURG"), "SURG"),
    (digit("TEAM SURG"), "SURG"),
    (Column("ENDO BASE", re.compile(f"({CODE.pattern})?"), "a code or empty"), "BASE"),
    (Column("CONV FACTOR", FACTOR, "an amount with at most four decimals"), "FACTOR"),
    (Column("SUPERVISION", re.compile("[0-9A-Z]{2}|"), "two characters"), "PROCEDURES"),
    (digit("CALCULATION FLAG"), "FLAG"),
    (Column("IMAGING FAMILY", re.compile(r"\d{1,2}"), "one or two digits"), "INDICATOR"),
    (units("NON-FACILITY PE USED FOR OPPS"), "AMOUNT"),
    (units("FACILITY PE USED FOR OPPS"), "AMOUNT"),
    (units("MP USED FOR OPPS"), "AMOUNT"),
)
COLUMNS = [column for column, _ in PPRRVU]
PLACE = (Column("MAC", MAC, "five digits"), Column("LOCALITY", NUMBER, "two digits"))
NAME = Column("LOCALITY NAME", re.compile(".{1,120}"), "a name")
OPPSCAP = (
    Column("HCPCS", CODE, "a code"),
    Column("MOD", re.compile("[0-9A-Z]{2}|"), "a modifier or empty"),
    Column("PROCSTAT", re.compile("[A-Z]"), "a status indicator"),
    *PLACE,
    units("FACILITY PRICE"),
    units("NON-FACILITY PRICE"),
)
GPCI = (PLACE[0], Column("STATE", STATE, "a state"), PLACE[1], NAME)
PW, PE, MP = (Column(f"{what} GPCI", INDEX, "an index with three decimals") for what in ("PW", "PE", "MP"))
ANESTHESIA = (*PLACE, NAME, Column("ANESTHESIA FACTOR", FACTOR, "an amount with at most four decimals"))


@dataclass
class Values:
    """PPRRVU: the lines of its heading as text, and its rows without the description."""

    heading: list
    rows: list = field(default_factory=list)


def values(path, name):
    """The `Values` of a PPRRVU file."""
    sheet = sheets.read(path, re.escape(name) + "$")
    at = sheet.heading("HCPCS")
    check_heading(sheet, at)
    rows = [(line, row(sheet.checked(line, cells, COLUMNS))) for line, cells in sheet.rows[at + 1 :]]
    sheets.refuse_twice(sheet.name, rows, lambda cells: cells[:2])
    return Values(
        [" ".join(filter(None, cells)) for _, cells in sheet.rows[:at]], [cells for _, cells in rows]
    )


def check_heading(sheet, at):
    """Raise `Refused` where the last line of the heading names other columns."""
    line, cells = sheet.rows[at]
    for number, (cell, (column, last)) in enumerate(zip(cells, PPRRVU, strict=False), 1):
        if cell.upper() != last:
            raise Refused(
                f"{files.where(sheet.name, line, number)}: the heading says “{cell[:20]}” where “{last}” "
                f"({column.heading}) was expected. {sheets.AS_PUBLISHED}"
            )


def row(cells):
    """A row in the order of `codes.importers.pfs.VALUES`."""
    return (
        cells[0],
        cells[1],
        cells[3],
        cells[4] == "+",
        *cells[5:7],
        cells[7] == "NA",
        cells[8],
        cells[9] == "NA",
        *cells[10:25],
        None,
        *cells[25:],
    )


def indices(path):
    """(floor, rows) of the GPCI file; a row is MAC, number, state, name, work, practice expense, malpractice."""
    sheet = sheets.read(path, r"GPCI[^/]*\.csv$")
    at = sheet.heading("Medicare Administrative Contractor")
    headings = [cell.upper() for cell in sheet.rows[at][1]]
    wanted = (0, 1, 2, 3, *(place(sheet, at, headings, what) for what in ("PW", "PE", "MP")))
    rows = [
        (line, sheet.checked(line, [cells[n] for n in wanted if n < len(cells)], (*GPCI, PW, PE, MP)))
        for line, cells in sheet.below(at)
    ]
    sheets.refuse_twice(sheet.name, rows, lambda cells: (cells[0], cells[2]))
    floor = re.search(r"WITH (\d\.\d+) FLOOR", headings[wanted[4]])
    return floor and floor[1], [
        (mac, number, state, name.rstrip("*"), *rest) for _, (mac, state, number, name, *rest) in rows
    ]


def place(sheet, at, headings, what):
    """Where an index stands: some years give work both without and with its floor, and the latter is paid."""
    found = [n for n, heading in enumerate(headings) if f"{what} GPCI" in heading]
    floored = [n for n in found if re.search(r"\bWITH\b.*FLOOR", headings[n])]
    if not found:
        raise Refused(
            f"{files.where(sheet.name, sheet.rows[at][0])}: no column is the {what} GPCI. {sheets.AS_PUBLISHED}"
        )
    return (floored or found)[0]


def anesthesia(path):
    """(national factor, {(MAC, number): factor}) of the anesthesia file."""
    sheet = sheets.read(path, r"ANES[^/]*\.csv$")
    at = sheet.heading("Contractor")
    national = re.search(r"NATIONAL ANES CF OF (\d{1,4}\.\d{1,4})", " ".join(sheet.rows[at][1]).upper())
    rows = [sheet.checked(line, cells, ANESTHESIA) for line, cells in sheet.below(at)]
    return national and national[1], {(cells[0], cells[1]): cells[3] for cells in rows}


def counties(path):
    """{(MAC, number): the counties in it} of the localities file, as CMS words them."""
    sheet = sheets.read(path, r"LOCCO[^/]*\.csv$")
    rows = [cells for _, cells in sheet.below(sheet.heading("Medicare Adm")) if len(cells) == 5]
    return {
        (cells[0].zfill(5), cells[1].zfill(2)): cells[4] for cells in rows if cells[0].isdigit() and cells[4]
    }


def caps(path):
    """Rows of OPPSCAP: code, modifier, MAC, number, facility and non-facility dollars."""
    sheet = sheets.read(path, r"OPPSCAP[^/]*\.csv$")
    rows = [
        (line, (code, modifier, *rest))
        for line, cells in sheet.rows[sheet.heading("HCPCS") + 1 :]
        for code, modifier, _, *rest in [sheet.checked(line, cells, OPPSCAP)]
    ]
    sheets.refuse_twice(sheet.name, rows, lambda cells: cells[:4])
    return [cells for _, cells in rows]
