"""An official file as the operator has it: CMS's zip, the file in it, or its https address.

Nothing is ever unpacked on the disk: a member of a zip is read as a stream, up to a limit.
"""

import io
import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from codes.importers import downloads, xlsx
from codes.importers.loading import Refused

MOST_BYTES = (
    2_000_000_000  # of one file, unpacked: the largest of CMS's (PTP, ZIP codes) have some 150 million
)
MOST_RATIO = 300  # unpacked to packed: CMS's fixed-width files reach 30
MOST_MEMBERS = 5_000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error)
ODD = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
)  # no text of ours: another encoding, or damage


@dataclass(frozen=True)
class Member:
    """A file, or one file of a zip: `name` as the operator knows it, `stream` its bytes."""

    name: str
    stream: io.BufferedIOBase


@contextmanager
def fetched(place, progress):
    """The path of a file on this machine; an address is downloaded first and its copy removed afterwards."""
    if "://" in str(place):
        with downloads.downloaded(str(place), progress) as path:
            yield path
        return
    path = Path(place)
    if not path.exists():
        raise Refused(f"There is no file {place}. Give the path of the file, or its https address.")
    yield path


def names(path):
    """The names of the files in a zip, or of the one file that is no zip."""
    if not zipfile.is_zipfile(path):
        return [Path(path).name]
    with archive(path) as packed:
        return [each.filename for each in packed.infolist() if not each.is_dir()]


@contextmanager
def opened(path, pattern):
    """The `Member` whose name matches the pattern (a regular expression, in any case); a plain file is taken as it is.

    Raises `Refused` where a zip holds none or several such files, or is broken, locked, or larger than it may be.
    """
    path = Path(path)
    if not path.is_file():
        raise Refused(f"{path.name} is a folder, not a file of this source.")
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            refuse_half_zip(path, stream)
            yield Member(path.name, stream)
        return
    with archive(path) as packed:
        member = the_one(packed, path, pattern)
        try:
            with packed.open(member) as stream:
                yield Member(Path(member.filename).name, io.BufferedReader(Limited(stream, member.filename)))
        except BROKEN as error:
            raise Refused(f"{path.name}: {member.filename} cannot be unpacked ({error}). {AGAIN}") from error


AGAIN = "Fetch it again, then try again."


@contextmanager
def archive(path):
    """An open zip; raises `Refused` where it is none."""
    try:
        with zipfile.ZipFile(path) as packed:
            if len(packed.infolist()) > MOST_MEMBERS:
                raise Refused(
                    f"{Path(path).name} holds more than {MOST_MEMBERS:,} files: no zip of this kind."
                )
            yield packed
    except BROKEN as error:
        raise Refused(f"{Path(path).name} is no whole zip ({error}). {AGAIN}") from error


def refuse_half_zip(path, stream):
    """Refuse a zip that lost its end: what is left begins as a zip does."""
    beginning = stream.read(4)
    stream.seek(0)
    if beginning == b"PK\x03\x04":
        raise Refused(f"{path.name} is a zip without its end: it was cut short. {AGAIN}")


def the_one(packed, path, pattern):
    """The one member whose file name matches."""
    sought = re.compile(pattern, re.IGNORECASE)
    found = [each for each in packed.infolist() if not each.is_dir() and sought.search(each.filename)]
    if len(found) != 1:
        inside = ", ".join(each.filename for each in packed.infolist()[:8]) or "nothing"
        told = "no file" if not found else f"{len(found)} files"
        raise Refused(f"{path.name} holds {told} of this source; it has {inside}. Give the zip as published.")
    refuse_bomb(path, found[0])
    return found[0]


def refuse_bomb(path, member):
    """Refuse a member that is locked, or that would unpack to more than such files have."""
    if member.flag_bits & 1:
        raise Refused(f"{path.name}: {member.filename} is locked with a password. Give it unlocked.")
    if member.file_size > MOST_BYTES or member.file_size > MOST_RATIO * max(member.compress_size, 1_000):
        raise Refused(
            f"{path.name}: {member.filename} would unpack to {member.file_size:,} bytes, more than a file of this "
            "kind has. Nothing was unpacked."
        )


class Limited(io.RawIOBase):
    """A stream that ends in a refusal where it gives more than its limit, whatever the zip said of its size."""

    def __init__(self, stream, name):
        self.stream, self.name, self.left = stream, name, MOST_BYTES

    def readable(self):
        return True

    def readinto(self, buffer):
        count = self.stream.readinto(buffer)
        self.left -= count or 0
        if self.left < 0:
            raise Refused(f"{self.name} unpacks to more than {MOST_BYTES:,} bytes. Reading was stopped.")
        return count


def text_of(path, pattern, encoding):
    """(name, text) of a file that is read whole; raises `Refused` with the line and column of a wrong character."""
    with opened(path, pattern) as member:
        return member.name, decoded(member.stream.read(), member.name, encoding)


def decoded(content, name, encoding):
    """Bytes as text without carriage returns; raises `Refused` where they are not in this encoding."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = where(name, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise Refused(
            f"{place}: a character is not in {encoding}, as this file is published. {AGAIN}"
        ) from error
    if odd := ODD.search(text):
        raise Refused(
            f"{where_in(name, text, odd.start())}: the character U+{ord(odd[0]):04X} stands in no such file. "
            f"See that it is in {encoding}, as published."
        )
    if encoding != "utf-8" and not content.isascii() and is_utf8(content):
        raise Refused(f"{name} is in UTF-8; it is published in {encoding}. Give the file as published.")
    return text.replace("\r\n", "\n")


def is_utf8(content):
    """Whether bytes are UTF-8: those of another encoding, beyond ASCII, hardly ever are."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def sheet_of(path, pattern, sheet=0):
    """(name, rows) of a workbook's sheet: rows are lists of text, None for an empty cell (see `xlsx.rows`)."""
    path = Path(path)
    if zipfile.is_zipfile(path) and "xl/workbook.xml" in names(path):
        return path.name, xlsx.rows(path, sheet)
    with opened(path, pattern) as member:
        return member.name, xlsx.rows(io.BytesIO(member.stream.read()), sheet, member.name)


def where(name, line, column=None):
    """`PPRRVU.csv, line 12, column 5`: how every refusal names its place; lines and columns count from 1."""
    return f"{name}, line {line}" + (f", column {column}" if column else "")


def where_in(name, text, start):
    """The same for a place in a text."""
    return where(name, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
