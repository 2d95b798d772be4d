"""The downloads of the Medicare coverage database: CSV tables in a zip, often in a zip of zips.

Only the columns that are asked for are read: descriptors of codes are the AMA's and never leave the file.
"""

import csv
import io
import re
import struct
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import PurePosixPath

from codes.importers import files
from codes.importers.loading import Refused

MAIN = {"ncd": "ncd_trkg", "lcd": "lcd", "article": "article"}  # kind → the table that lists its documents
DEEPEST = 3  # all data → current_article.zip → current_article_csv.zip
# what a zip with damage in its directory raises beside its own error
BROKEN = (*files.BROKEN, OSError, ValueError, struct.error)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
NOTHING = {"", "N/A", "NULL"}
BLOCKS = {"p", "br", "li", "div", "tr", "ul", "ol", "table"}
csv.field_size_limit(50_000_000)  # an article's text stands in one cell


@dataclass
class Bundle:
    """The tables of one kind of document: where they lie, and their bytes by name."""

    place: str
    tables: dict

    def rows(self, table, columns, is_required=True):
        """Yield (line, cells) of a table with these columns only, stripped; a table that may miss is empty then."""
        if table not in self.tables:
            if is_required:
                raise Refused(f"{self.place} has no {table}.csv. Give the download as it is published.")
            return
        name = f"{table}.csv"
        reader = csv.reader(io.StringIO(text_of(self.tables[table], name), newline=""), strict=True)
        try:
            heading = [cell.strip().lower() for cell in next(reader, [])]
            places = [place_of(name, heading, column) for column in columns]
            for cells in reader:
                if not cells:
                    continue
                if len(cells) != len(heading):
                    told = f"it has {len(cells)} fields; {len(heading)} were expected"
                    raise Refused(f"{files.where(name, reader.line_num)}: {told}.")
                yield reader.line_num, [clean(cells[place]) for place in places]
        except csv.Error as error:
            raise Refused(
                f"{files.where(name, reader.line_num)}: {error}. Fetch it again, then try again."
            ) from error


def text_of(content, name):
    """The text of a table; control characters, which stand in some articles, are left to the cells."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = files.where(name, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise Refused(
            f"{place}: a character is not in UTF-8, as this file is published. {files.AGAIN}"
        ) from error


def place_of(name, heading, column):
    """Where a column stands; raises `Refused` where it is missing."""
    if column.lower() not in heading:
        raise Refused(f"{files.where(name, 1)}: the column {column} is missing.")
    return heading.index(column.lower())


def clean(cell):
    """A cell without control characters, and without the words for nothing."""
    text = CONTROLS.sub(" ", cell).strip()
    return "" if text.upper() in NOTHING else text


def bundles(path, wanted):
    """Kind → its `Bundle` of the `wanted` tables; a download of all documents goes before one of the current ones."""
    found = {}
    try:
        with files.archive(path) as packed:
            for place, tables in walk(packed, path.name, wanted):
                for kind, table in MAIN.items():
                    if table in tables and (kind not in found or "all_" in place):
                        found[kind] = Bundle(place, tables)
    except BROKEN as error:
        raise Refused(f"{path.name} is no whole zip ({error}). {files.AGAIN}") from error
    if not found:
        raise Refused(
            f"{path.name} has no ncd_trkg.csv, lcd.csv or article.csv: it is no download of the MCD."
        )
    return found


def walk(packed, place, wanted, depth=DEEPEST):
    """Yield (place, table → bytes) for each zip that holds wanted tables, however deep."""
    tables = {}
    for member in packed.infolist():
        name = PurePosixPath(member.filename)
        if name.suffix.lower() == ".csv" and name.stem.lower() in wanted:
            tables[name.stem.lower()] = content(packed, member, place)
        elif (
            name.suffix.lower() == ".zip"
            and depth > 1
            and re.search("ncd|lcd|article|csv|data", name.name.lower())
        ):
            inner = f"{place}/{name.name}"
            try:
                with zipfile.ZipFile(io.BytesIO(content(packed, member, place))) as deeper:
                    yield from walk(deeper, inner, wanted, depth - 1)
            except BROKEN as error:
                raise Refused(
                    f"{inner} is no whole zip ({error}). Fetch it again, then try again."
                ) from error
    if tables:
        yield place, tables


def content(packed, member, place):
    """The bytes of a member, up to the limit that all files have."""
    files.refuse_bomb(PurePosixPath(place), member)
    try:
        with packed.open(member) as stream:
            return stream.read(files.MOST_BYTES)
    except BROKEN as error:
        raise Refused(f"{place}: {member.filename} cannot be unpacked ({error}). {files.AGAIN}") from error


def whole_number(text, place):
    """A number of a document, version or group."""
    if not re.fullmatch(r"\d{1,9}", text):
        raise Refused(f"{place}: “{text[:20]}” is not a whole number.")
    return int(text)


def day(text, place):
    """A date from `2024-10-01 00:00:00` or `10/01/2024`, None where the cell is empty."""
    if not text:
        return None
    first = text.split(" ")[0].split("T")[0]
    try:
        return date.fromisoformat(first) if "-" in first else datetime.strptime(first, "%m/%d/%Y").date()  # noqa: DTZ007
    except ValueError:
        raise Refused(f"{place}: “{text[:20]}” is not a date.") from None


class Plain(HTMLParser):
    """The text of a paragraph in HTML, a line for each block."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces = []

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data):
        self.pieces.append(data.replace("\n", " "))


def plain(html):
    """HTML as plain text: one line a block, no empty ones."""
    parser = Plain()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
