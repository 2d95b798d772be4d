"""Lay descriptions as a table for spreadsheets: written, checked, and loaded whole or not at all.

A cell that a spreadsheet would take for a formula begins with an apostrophe; reading takes it off again. What is
loaded is saved as an editor's change: new texts are drafts, readers see nothing new until a Reviewer publishes it.
"""

import csv
import io
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from codes.models import Code, LayDescription
from codes.models.editing import CONTENT, LONGEST_BODY
from codes.spelling import normal

REQUIRED = ("code_set", "code", *CONTENT)
COLUMNS = (
    "code_set",
    "code",
    "state",
    "author_role",
    "sources",
    "body",
    "version",
    "reviewed_on",
    "is_public",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
ESCAPED = (*FORMULA, "'")
MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell."""

    line: int
    column: str
    sentence: str

    def __str__(self):
        return f"Line {self.line}, column {self.column}: {self.sentence}"


class FaultyTable(Exception):
    """The table cannot be loaded; `faults` says why, cell by cell."""

    def __init__(self, faults):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults[:MOST_FAULTS]
        self.left_out = len(faults) - len(self.faults)


@dataclass
class Row:
    """One line of the table: where it stands, and what it says by column."""

    line: int
    values: dict


@dataclass
class Change:
    """What a row does to a code's text; `before` is empty where the text is new."""

    line: int
    lay: LayDescription
    content: dict

    @property
    def before(self):
        """What stands now."""
        return self.lay.content

    @property
    def is_new(self):
        """Whether the code has no text yet."""
        return self.lay.pk is None


@dataclass
class Plan:
    """What loading the table would do."""

    changes: list = field(default_factory=list)
    unchanged: int = 0

    @property
    def new(self):
        """How many codes get their first text."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self):
        """How many texts are changed."""
        return len(self.changes) - self.new


# writing


def write(lays, file):
    """The table of these lay descriptions, with a header, into a text file."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for lay in lays.select_related("code__code_set").order_by("code__code_set__position", "code__position"):
        writer.writerow(map(escaped, cells(lay)))


def cells(lay):
    """The cells of one text, in the order of `COLUMNS`."""
    own = {
        "code_set": lay.code.code_set.slug,
        "code": lay.code.display,
        "is_public": "yes" if lay.is_public else "no",
    }
    values = (own[name] if name in own else getattr(lay, name) for name in COLUMNS)
    return ["" if value is None else str(value) for value in values]


def escaped(cell):
    """The cell with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(ESCAPED) else cell


def unescaped(cell):
    """The cell as it was before `escaped`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(ESCAPED) else cell


# reading


def read(data):
    """The rows of a CSV file given as bytes; raises FaultyTable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        sentence = "not UTF-8. Save the table as “CSV UTF-8” and try again."
        raise FaultyTable([Fault(line, "any", sentence)]) from None
    return list(rows_of(text))


def rows_of(text):
    """Rows with the line on which each begins; lines without any cell are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header, begins = None, 1
    try:
        for record in reader:
            if header is None:
                header = checked_header(record)
            elif any(record):
                yield row_of(header, record, begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FaultyTable([Fault(reader.line_num, "any", f"not a CSV line ({error}).")]) from None
    if header is None:
        raise FaultyTable([Fault(1, "any", "the file is empty; its first line must name the columns.")])


def checked_header(record):
    """The names of the columns; raises FaultyTable where one is missing, unknown or there twice."""
    names = [name.strip().lower() for name in record]
    missing = [f"is missing. The first line must name {', '.join(REQUIRED)}."]
    faults = [Fault(1, name, missing[0]) for name in REQUIRED if name not in names]
    faults += [
        Fault(1, name or "(no name)", f"is not known. Known are {', '.join(COLUMNS)}.")
        for name in names
        if name not in COLUMNS
    ]
    faults += [Fault(1, name, "is there twice.") for name in sorted(set(names)) if names.count(name) > 1]
    if faults:
        raise FaultyTable(faults)
    return names


def row_of(header, record, line):
    """One row; raises FaultyTable where it has other cells than the header."""
    if len(record) != len(header):
        sentence = f"{len(record)} cells where the first line has {len(header)}."
        raise FaultyTable([Fault(line, "any", sentence)])
    return Row(line, {name: tidy(unescaped(cell)) for name, cell in zip(header, record, strict=True)})


def tidy(cell):
    """The cell with plain line ends and no blanks around it."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


# checking


def plan(rows):
    """What loading these rows would do, in a transaction; raises FaultyTable."""
    codes, lays = stored(rows)
    faults, made, seen = [], Plan(), {}
    for row in rows:
        code = codes.get(key_of(row))
        own = list(faults_of(row, code, lays.get(code and code.pk), seen))
        faults += own
        if code and not own:
            seen[code.pk] = row.line
            add(made, row, lays.get(code.pk) or LayDescription(code=code))
    if faults:
        raise FaultyTable(faults)
    return made


def add(made, row, lay):
    """Put a row into the plan."""
    content = {name: row.values[name] for name in CONTENT}
    if lay.pk and content == lay.content:
        made.unchanged += 1
    else:
        made.changes.append(Change(row.line, lay, content))


def key_of(row):
    """The code set's word and the code as it is stored."""
    return row.values["code_set"].lower(), normal(row.values["code"])


def stored(rows):
    """Codes by key, and lay descriptions by code, of what these rows name."""
    wanted = {key_of(row) for row in rows}
    found = Code.objects.filter(
        kind=Code.Kind.CODE, code_set__slug__in={s for s, _ in wanted}, code__in={c for _, c in wanted}
    )
    codes = {(code.code_set.slug, code.code): code for code in found.select_related("code_set")}
    lays = LayDescription.objects.select_for_update(of=["self"]).filter(code__in=codes.values())
    return codes, {lay.code_id: lay for lay in lays.select_related("code__code_set")}


def faults_of(row, code, lay, seen):
    """What is wrong in one row."""
    values = row.values
    if code is None:
        yield Fault(row.line, "code", unknown(values["code_set"], values["code"]))
    elif code.pk in seen:
        yield Fault(row.line, "code", f"{code} stands on line {seen[code.pk]} already.")
    if lay and values.get("version") and values["version"] != str(lay.version):
        sentence = (
            f"the text was saved since this table was exported (now version {lay.version}). Export it again."
        )
        yield Fault(row.line, "version", sentence)
    for name in CONTENT:
        yield from (Fault(row.line, name, sentence) for sentence in wrong_with(name, values[name]))


def unknown(code_set, code):
    """A sentence for a code that is not loaded."""
    return (
        f"“{code}” is no code page of “{code_set}”. Code sets are written as in addresses (icd-10-cm), and a "
        "spreadsheet may have dropped zeros before the code."
    )


def wrong_with(name, value):
    """Sentences on what is wrong with a cell of our own text."""
    if "\x00" in value:
        yield "holds a character that is no text (NUL)."
    if not value and not LayDescription._meta.get_field(name).blank:
        yield "is empty; every text needs one."
        return
    if len(value) > LONGEST_BODY:
        yield f"is longer than {LONGEST_BODY} characters."
        return
    try:
        LayDescription._meta.get_field(name).clean(value, None)
    except ValidationError as error:
        yield " ".join(error.messages)


# loading


def load(data, by, dry_run=False):
    """Load the table whole, or raise FaultyTable and load nothing; gives the Plan. A dry run only checks."""
    with transaction.atomic():
        made = plan(read(data))
        for change in [] if dry_run else made.changes:
            change.lay.revise(by, "Loaded from a table", **change.content)
    return made
