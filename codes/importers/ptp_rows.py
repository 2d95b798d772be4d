"""Lines of CMS's PTP files as COPY takes them: every field is looked up, and wrong ones are refused by their place.

A file has some two and a half million lines with few different values in a column, so each value is checked once.
"""

import re
from datetime import date

from codes.importers.files import ODD, opened, where
from codes.importers.loading import Refused
from codes.importers.ncci_files import CODE, COPYRIGHT, inside

TAB = b"\t"
FIELDS = ("column 1", "column 2", "star", "effective date", "deletion date", "modifier", "rationale")
BEGINS = re.compile(rb"[^\t]*\t[^\t]*\t[^\t]*\t\d{8}\t")
DATE = re.compile(rb"\d{8}")
WORDS = re.compile(r"[A-Za-z][\w ,.:;&()/–’'-]{3,119}")
MOST_HEADING = 40  # lines
MOST_RATIONALES = 40
CHUNK = 20_000  # lines given to COPY at once
PATTERN = r"\.txt$"


class Checked(dict):
    """Value in the file → value for COPY; `make` raises `ValueError` for one that the layout does not have."""

    def __init__(self, make):
        super().__init__()
        self.make = make

    def __missing__(self, value):
        self[value] = made = self.make(value)
        return made


def code(value):
    """A code's number."""
    if not CODE.fullmatch(value.decode("ascii")):
        raise ValueError
    return value


def first_day(value):
    """yyyymmdd."""
    if not DATE.fullmatch(value):
        raise ValueError
    return date.fromisoformat(value.decode()).isoformat().encode()


def last_day(value):
    """yyyymmdd, or a star while the edit is open."""
    return rb"\N" if value == b"*" else first_day(value)


class Rationales(Checked):
    """Rationale → key; `known` are those of earlier files, new ones are numbered on and kept in `new`."""

    def __init__(self, known):
        super().__init__(self.number)
        self.known, self.new = dict(known), {}

    def number(self, value):
        """The key of a rationale, which is given to it now where it is new."""
        text = value.decode("cp1252").strip()
        if text not in self.known:
            if not WORDS.fullmatch(text) or len(self.new) >= MOST_RATIONALES:
                raise ValueError
            self.known[text] = self.new[text] = max(self.known.values(), default=0) + 1
        return b"%d" % self.known[text]


class PtpFile:
    """One edition's files, read as chunks for COPY; `codes`, `firsts`, `count` and `notice` are known afterwards."""

    def __init__(self, path, rationales=()):
        self.path, self.count, self.notice = path, 0, ""
        self.rationales = Rationales(rationales)
        self.codes, self.firsts, self.lasts = Checked(code), Checked(first_day), Checked(last_day)
        self.indicators = {b"0": b"0", b"1": b"1", b"9": b"9"}
        self.stars = {b"": b"f", b"*": b"t"}

    def chunks(self, constant):
        """Lines for COPY, `constant` in front of each: bytes of effective and termination date, indicator,
        rationale, star, column one, column two."""
        for path in parts(self.path):
            with opened(path, PATTERN) as member:
                yield from self.of_member(member, constant)

    def of_member(self, member, constant):
        """The chunks of one file."""
        ready, number, line = [], 0, b""
        lines = enumerate(member.stream, 1)
        try:
            line, number = self.heading(lines, member.name)
            while line.strip():
                ready.append(self.row(line, constant))
                if len(ready) == CHUNK:
                    yield self.joined(ready)
                number, line = next(lines, (number, b""))
        except (ValueError, KeyError) as error:
            raise Refused(self.wrong(member.name, number, line)) from error
        yield self.joined(ready)
        refuse_more(lines, member.name)

    def row(self, line, constant):
        """One line for COPY."""
        one, two, star, begins, ends, indicator, rationale = line.rstrip(b"\r\n").split(TAB)
        if begins > ends != b"*":
            raise ValueError
        if line[-1] != 10 and rationale not in self.rationales:
            raise ValueError  # cut short inside its last word
        return TAB.join(
            (
                constant,
                self.firsts[begins],
                self.lasts[ends],
                self.indicators[indicator],
                self.rationales[rationale],
                self.stars[star],
                self.codes[one],
                self.codes[two],
            )
        )

    def joined(self, ready):
        """The rows as one piece; the list begins anew."""
        self.count += len(ready)
        ready.append(b"")
        piece = b"\n".join(ready)
        ready.clear()
        return piece

    def heading(self, lines, name):
        """(the first line of data, its number); the copyright line above it is the notice."""
        for number, line in lines:
            if BEGINS.match(line):
                return line, number
            text = line.decode("cp1252", "replace").strip()
            if ODD.search(text):
                break
            if COPYRIGHT.search(text) and not self.notice:
                self.notice = " ".join(text.split())[:300]
            if number > MOST_HEADING:
                break
        raise Refused(
            f"{name} has no line of PTP edits: seven columns with tabs between them, the fourth a date as "
            "20240701. Give CMS’s text file, or its zip."
        )

    def wrong(self, name, number, line):
        """Which field of a line is not what the layout has."""
        fields = line.rstrip(b"\r\n").split(TAB)
        if len(fields) != len(FIELDS):
            place = where(name, number, len(line.rstrip(b"\r\n")) + 1)
            return f"{place}: {len(fields)} columns stand where {len(FIELDS)} should. Fetch the file again."
        checks = (
            self.codes,
            self.codes,
            self.stars,
            self.firsts,
            self.lasts,
            self.indicators,
            self.rationales,
        )
        at = next((at for at, value in enumerate(fields) if not takes(checks[at], value)), len(FIELDS) - 1)
        if at == len(FIELDS) - 1 and fields[3] > fields[4] != b"*":
            at = 4
        place = where(name, number, sum(len(value) + 1 for value in fields[:at]) + 1)
        told = fields[at][:40].decode("cp1252", "replace")
        return f"{place}: “{told}” is no {FIELDS[at]} of a PTP edit. Fetch the file again."


def takes(check, value):
    """Whether a column can hold the value."""
    try:
        check[value]
    except (ValueError, KeyError):
        return False
    return True


def parts(path):
    """The files of an edition: CMS publishes the practitioner edits in several, which are put into one folder."""
    if not path.is_dir():
        return [path]
    found = [path / name for name in inside(path) if name.lower().endswith((".zip", ".txt"))]
    if not found:
        raise Refused(f"The folder {path.name} holds no zip and no text file of PTP edits.")
    return found


def refuse_more(lines, name):
    """After an empty line there may only be empty ones."""
    for number, line in lines:
        if line.strip():
            raise Refused(f"{where(name, number)}: a line follows after an empty one. Fetch the file again.")
