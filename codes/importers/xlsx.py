"""Sheets of an .xlsx workbook as rows of text, by the standard library alone.

Only what official files use is read: shared and inline strings, numbers as they are stored. Styles, formulas and
dates are left alone: an Excel day number stays a number.
"""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

from codes.importers.loading import Refused

MOST_BYTES = 200_000_000  # of one part, unpacked: the largest official sheet has some 20 million
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LETTERS = re.compile(r"[A-Z]{1,3}(?=[1-9])")
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ET.ParseError, KeyError),
    *(OSError, ValueError, struct.error),  # from a damaged directory of the zip
)
AGAIN = "Fetch it again, then try again."


def rows(path, sheet=0, name=""):
    """Yield the rows of a sheet (by its place, from 0) as lists of text, None where a cell is empty.

    `path` may be a stream, then `name` is what the operator knows it by. Raises `Refused` where it is no whole
    workbook, or has no such sheet.
    """
    name = name or Path(path).name
    try:
        with zipfile.ZipFile(path) as book:
            strings = shared_strings(book, name)
            yield from sheet_rows(part(book, sheet_name(book, sheet, name), name), strings)
    except BROKEN as error:
        raise Refused(f"{name} is no whole Excel workbook ({error}). {AGAIN}") from error


def part(book, member, name):
    """One part of a workbook as a stream; refuses one larger than official files have."""
    about = book.getinfo(member)
    if about.file_size > MOST_BYTES:
        raise Refused(
            f"{name}: {member} would unpack to {about.file_size:,} bytes, more than such a file has."
        )
    with book.open(about) as stream:
        return io.BytesIO(stream.read(MOST_BYTES))


def sheet_name(book, sheet, name):
    """The member that holds a sheet, by the order in which the workbook lists them."""
    listed = ET.parse(part(book, "xl/workbook.xml", name)).iter(f"{MAIN}sheet")  # noqa: S314
    keys = [each.get(RELATION) for each in listed]
    if sheet >= len(keys):
        raise Refused(f"{name} has {len(keys)} sheets; sheet {sheet + 1} was expected.")
    related = ET.parse(part(book, "xl/_rels/workbook.xml.rels", name)).getroot()  # noqa: S314
    targets = {each.get("Id"): each.get("Target", "") for each in related}
    target = targets[keys[sheet]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def shared_strings(book, name):
    """The texts that cells point to by number; phonetic readings are left out."""
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [text_of(item) for item in elements(part(book, "xl/sharedStrings.xml", name), "si")]


def elements(stream, tag):
    """Whole elements of a tag, each forgotten after its use."""
    for _, element in ET.iterparse(stream):  # noqa: S314
        if element.tag == MAIN + tag:
            yield element
            element.clear()


def text_of(item):
    """The text of a string item: its own, or that of its runs."""
    direct = item.find(f"{MAIN}t")
    if direct is not None:
        return direct.text or ""
    return "".join(run.findtext(f"{MAIN}t") or "" for run in item.findall(f"{MAIN}r"))


def sheet_rows(stream, strings):
    """The rows of a sheet's part; rows that the part leaves out are left out."""
    for row in elements(stream, "row"):
        cells = []
        for cell in row.findall(f"{MAIN}c"):
            at = column(cell.get("r"), len(cells))
            cells.extend([None] * (at - len(cells)))
            cells.append(value(cell, strings))
        yield cells


def column(reference, following):
    """The place of a cell from its reference (`C7` is 2), the following one where it has none."""
    letters = LETTERS.match(reference or "")
    if not letters:
        return following
    at = 0
    for letter in letters[0]:
        at = at * 26 + ord(letter) - 64
    return at - 1


def value(cell, strings):
    """What a cell holds, as text; None where it is empty."""
    kind, stored = cell.get("t"), cell.findtext(f"{MAIN}v")
    if kind == "inlineStr":
        inside = cell.find(f"{MAIN}is")
        return (text_of(inside) or None) if inside is not None else None
    if kind == "s":
        return shared(stored, strings)
    return stored or None


def shared(stored, strings):
    """The shared string of this number; a number that is none points to nothing."""
    at = int(stored) if stored and stored.isdigit() else len(strings)
    if at >= len(strings):
        raise KeyError(f"a cell points to text {stored}, which is not there")
    return strings[at] or None
