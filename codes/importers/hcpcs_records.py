"""CMS's HCPCS Level II file: records of 320 columns, or the same as a workbook; the same columns in 2019 and 2026.

A record is one code or modifier; long texts go on in continuation records. Rows of other owners (CPT numbers,
the ADA's D codes, modifiers of two digits) are passed over, words and all.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from codes.importers import files
from codes.importers.loading import Refused

WIDTH, TEXT, BREAK = 320, slice(11, 91), 80
CODE = re.compile(r"[A-CE-V]\d{4}")
MODIFIER = re.compile(r"(?!\d\d)[0-9A-Z]{2}")
OTHERS = re.compile(r"\d{5}|\d{4}[AFMTU]|D\d{4}|\d\d")
FIRST, CONTINUED = {"3": "code", "7": "modifier"}, {"4", "8"}
RECORD = re.compile(r"[3478]")


@dataclass(frozen=True)
class Field:
    """A field of the record: its first column (from 1), width, how often it stands side by side, and its kind."""

    name: str
    first: int
    width: int
    times: int = 1
    kind: str = "text"
    headings: tuple = ()  # of the workbook

    def cut(self, line):
        """Its parts in a line of the fixed-width file, as they stand."""
        starts = range(self.first - 1, self.first - 1 + self.times * self.width, self.width)
        return [line[start : start + self.width] for start in starts]


FIELDS = (
    Field("short", 92, 28, headings=("SHORT DESCRIPTION",)),
    Field("pricing", 120, 2, 4, headings=("PRICE1", "PRICE2", "PRICE3", "PRICE4")),
    Field("multiple_pricing", 128, 1, headings=("MULT_PI",)),
    Field("ncd_sections", 129, 6, 3, headings=("CIM1", "CIM2", "CIM3")),
    Field("manual_sections", 147, 8, 3, headings=("MCM1", "MCM2", "MCM3")),
    Field("statute", 171, 10, headings=("STATUTE",)),
    Field("lab_certifications", 181, 3, 8, headings=tuple(f"LABCERT{at}" for at in range(1, 9))),
    Field("cross_references", 205, 5, 5, headings=tuple(f"XREF{at}" for at in range(1, 6))),
    Field("coverage", 230, 1, headings=("COV",)),
    Field("asc_group", 231, 2, headings=("ASC_GRP",)),
    Field("asc_on", 233, 8, kind="date", headings=("ASC_DT",)),
    Field("mog_group", 241, 3, headings=("OPPS",)),
    Field("mog_policy", 244, 1, headings=("OPPS_PI",)),
    Field("mog_on", 245, 8, kind="date", headings=("OPPS_DT",)),
    Field("processing_note", 253, 4, headings=("PROCNOTE",)),
    Field("betos", 257, 3, headings=("BETOS",)),
    Field("types_of_service", 261, 1, 5, headings=tuple(f"TOS{at}" for at in range(1, 6))),
    Field("anesthesia_units", 266, 3, kind="number", headings=("ANEST_BU",)),
    Field("added_on", 269, 8, kind="date", headings=("ADD DT",)),
    Field("acted_on", 277, 8, kind="date", headings=("ACT EFF DT",)),
    Field("terminated_on", 285, 8, kind="date", headings=("TERM DT",)),
    Field("action", 293, 1, headings=("ACTION CD",)),
)


@dataclass
class Record:
    """A code or modifier: its long text as the file breaks it, its fields by name, and the text whole where it is."""

    code: str
    is_modifier: bool
    lines: list
    fields: dict = field(default_factory=dict)
    whole: str = ""

    @property
    def long(self):
        """The long text in one piece."""
        return self.whole or " ".join(filter(None, (line.strip() for line in self.lines)))


def read(name, text):
    """The records of a fixed-width file, in its order; raises `Refused` with line and column."""
    found, passing = [], False
    for number, line in enumerate(text.split("\n"), 1):
        if not is_record(line, number, name):
            continue
        code, kind = line[:5].strip(), line[10]
        if kind in FIRST:
            passing = belongs_to_others(code)
            if not passing:
                found.append(record(name, number, line.ljust(WIDTH)))
        elif not passing:
            go_on(found, code, line[TEXT].rstrip(), files.where(name, number, 1))
    return once(found, name)


def is_record(line, number, name):
    """Whether a line is a record; the lines of its notices have tabs or no record number."""
    if len(line) > 11 and line[5:10].isdigit() and "\t" not in line:
        if not RECORD.match(line[10]):
            raise Refused(f"{files.where(name, number, 11)}: record “{line[10]}” is none of 3, 4, 7 and 8.")
        if len(line.rstrip()) > WIDTH:
            raise Refused(
                f"{files.where(name, number, WIDTH + 1)}: a record has {WIDTH} columns, this has more."
            )
        return True
    if re.match(r"[A-V]\d{4}|   [0-9A-Z]{2}\d", line):
        raise Refused(f"{files.where(name, number, 6)}: a sequence number of five digits was expected.")
    return False


def belongs_to_others(code):
    """Whether a row is the AMA's or the ADA's: nothing of it is kept."""
    return bool(OTHERS.fullmatch(code))


def record(name, number, line):
    """The `Record` of a first line."""
    is_modifier = FIRST[line[10]] == "modifier"
    place = files.where(name, number, 1)
    code = checked_code(line[3:5] if is_modifier else line[:5], is_modifier, place)
    if is_modifier and line[:3].strip():
        raise Refused(f"{place}: a modifier stands in columns 4 and 5 alone.")
    fields = {
        each.name: value(each, each.cut(line), files.where(name, number, each.first)) for each in FIELDS
    }
    if not (fields["added_on"] or fields["acted_on"]):
        raise Refused(
            f"{files.where(name, number, 269)}: a record has the day on which it was added; this has none."
        )
    for empty in (slice(259, 260), slice(293, WIDTH)):
        if line[empty].strip():
            where = files.where(name, number, empty.start + 1)
            raise Refused(f"{where}: this column is empty in every edition; the fields stand elsewhere here.")
    return Record(code, is_modifier, [line[TEXT].rstrip()], fields)


def checked_code(code, is_modifier, place):
    """A code or modifier as it is stored; raises `Refused` where it has not its shape."""
    pattern, what = (MODIFIER, "a modifier") if is_modifier else (CODE, "a HCPCS Level II code")
    if not pattern.fullmatch(code):
        raise Refused(f"{place}: “{code.strip()}” is not {what}.")
    return code


def value(each, parts, place):
    """What a field says: text, a list of texts, a number or a date; None or empty where it is blank."""
    if each.kind == "date":
        return day(parts[0].strip(), place)
    if each.kind == "number":
        return whole_number(parts[0].strip(), place)
    texts = [part.rstrip() for part in parts]
    while texts and not texts[-1]:
        texts.pop()
    if each.times > 1:
        return texts
    return texts[0] if texts else ""


def day(text, place):
    """A date out of yyyymmdd, None where it is blank."""
    if not text:
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) if re.fullmatch(r"\d{8}", text) else 1 / 0
    except (ValueError, ZeroDivisionError):
        raise Refused(f"{place}: “{text}” is not a day in the form yyyymmdd.") from None


def whole_number(text, place):
    """A whole number of at most three digits, None where it is blank."""
    if text and not re.fullmatch(r"\d{1,3}", text):
        raise Refused(f"{place}: “{text}” is not a whole number.")
    return int(text) if text else None


def go_on(found, code, text, place):
    """Add a continuation record to the code that it goes on with."""
    if not found or found[-1].code != code:
        raise Refused(f"{place}: this goes on with {code}, but {code} does not stand before it.")
    found[-1].lines.append(text)


def once(found, name):
    """The records, unless one of them stands twice."""
    codes = [each.code for each in found]
    if len(set(codes)) < len(codes):
        twice = next(code for at, code in enumerate(codes) if code in codes[:at])
        raise Refused(f"{name}: {twice} stands in it twice.")
    return found


def read_sheet(name, rows):
    """The records of the workbook: one row each, the long text whole. Raises `Refused` with row and column."""
    heading, found = None, []
    for number, cells in enumerate(rows, 1):
        texts = [(cell or "").rstrip() for cell in cells]
        if heading is None:
            heading = heading_of(texts)
            continue
        row = dict(zip(heading, texts, strict=False))
        if row.get("RECID") in FIRST and not belongs_to_others(row["HCPC"].strip()):
            found.append(record_of(row, heading, name, number))
    if heading is None:
        raise Refused(f"{name} has no row of headings HCPC, SEQNUM, RECID …: it is not the HCPCS workbook.")
    return once(found, name)


def heading_of(texts):
    """The headings, where this row has them: capitals, one space."""
    headings = [" ".join(text.upper().split()) for text in texts]
    wanted = {"HCPC", "RECID", "LONG DESCRIPTION", *(each for one in FIELDS for each in one.headings)}
    return headings if wanted <= set(headings) else None


def record_of(row, heading, name, number):
    """The `Record` of a row of the workbook."""
    is_modifier = FIRST[row["RECID"]] == "modifier"
    place = files.where(name, number, heading.index("HCPC") + 1)
    fields = {}
    for each in FIELDS:
        parts = [row.get(one, "") for one in each.headings]
        for part, one in zip(parts, each.headings, strict=True):
            if len(part) > each.width:
                where = files.where(name, number, heading.index(one) + 1)
                raise Refused(f"{where}: “{part[:20]}” is longer than the {each.width} characters of {one}.")
        fields[each.name] = value(each, parts, files.where(name, number, heading.index(each.headings[0]) + 1))
    code, text = checked_code(row["HCPC"].strip(), is_modifier, place), row["LONG DESCRIPTION"].strip()
    return Record(code, is_modifier, broken(text), fields, text)


def broken(text):
    """A long text in lines of at most 80 characters, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= BREAK:
            lines[-1] = longer
        else:
            lines.append(word[:BREAK])
    return lines


def dump(fact):
    """The lines of a `HcpcsFact` (or a record with the same fields) in the columns of the fixed-width file."""
    code = f"   {fact.code}" if fact.is_modifier else fact.code
    kinds = "78" if fact.is_modifier else "34"
    for at, text in enumerate(fact.lines, 1):
        line = f"{code}{at * 100:05d}{kinds[at > 1]}{text:<{BREAK}}"
        yield (line + "".join(map(str, detail(fact))) if at == 1 else line).ljust(WIDTH)


def detail(fact):
    """The fields of a first line from column 92 on, each in its width."""
    at = 92
    for each in FIELDS:
        yield " " * (each.first - at)
        stored = getattr(fact, each.name)
        parts = stored if each.times > 1 else [stored]
        yield "".join(printed(each, part) for part in parts).ljust(each.width * each.times)
        at = each.first + each.width * each.times


def printed(each, part):
    """One part of a field in its width."""
    if part is None:
        return " " * each.width
    if each.kind == "date":
        return f"{part:%Y%m%d}"
    return f"{part:>{each.width}}" if each.kind == "number" else f"{part:<{each.width}}"
