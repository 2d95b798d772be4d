"""ICD-10-CM as NCHS publishes it: the tabular list as XML, complete, with its notes and seventh characters.

A leaf under a seventh-character definition stands for the codes made from it: padded with X to six characters,
the character added, the nearest definition above winning. The list of codes says which of those exist.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection

from codes import note_text
from codes.importers import files, fiscal, headings, loading, packages, xml_files
from codes.importers.merging import (
    CODE_TITLES,
    CODES,
    INCLUSION_TERMS,
    NOTES,
    RANGE_TITLES,
    RANGES,
    SEVENTH_CHARACTERS,
    copy,
)
from codes.importers.placing import CodeRow
from codes.importers.sources import Source
from codes.importers.tabular_notes import lines_of, words
from codes.models import Note

SOURCE = "icd10cm-tabular"
NOTICE = "ICD-10-CM, {}. National Center for Health Statistics and CMS; ICD-10 by permission of WHO."
APRIL_2026 = {
    "edition": "FY2026, April 2026 update",
    "effective_on": date(2026, 4, 1),
    "ends_on": date(2026, 9, 30),
    "notice": NOTICE.format("FY2026, April 2026 update"),
}
FILE = r"tabular.*\.xml$"
CODE = re.compile(r"[A-Z]\w[A-Z0-9]{1,5}|[A-Z]\w\w-[A-Z]\w\w|CHAPTER-\d+")
# a title of a chapter or block ends in its range: “Cholera and so on (A00-A09)”, “HIV disease (B20)”
RANGE = re.compile(r"\s*\(([A-Z]\w\w)(?:-([A-Z]\w\w))?\)$")
REFERENCES = """
SELECT note.id, note.text FROM codes_note AS note JOIN codes_release AS release ON release.id = note.release_id
WHERE release.source = %s AND NOT EXISTS (SELECT FROM codes_notereference AS named WHERE named.note_id = note.id)
"""


@dataclass
class Tabular:
    """The tabular list as rows, each naming its code; in tabular order."""

    codes: list = field(default_factory=list)
    descriptors: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    seventh_characters: list = field(default_factory=list)


@dataclass(frozen=True)
class Above:
    """What a diagnosis gets from above: its parent, the codes over it, the seventh characters to choose from."""

    path: tuple = ()
    seventh: tuple = ()

    def below(self, code, seventh=()):
        """The same for what stands under a code."""
        return Above((*self.path, code), seventh or self.seventh)


def read(xml, code_list=None):
    """The rows of a tabular XML file; with a list of codes (one a line) only those that are in it."""
    known = code_list and frozenset(Path(code_list).read_text("utf-8").split())
    reader = Reader(known)
    name, root = xml_files.root_of(xml, FILE)
    for chapter in root.findall("chapter"):
        reader.chapter(chapter)
    refuse_odd(reader.found, name)
    return reader.found


def refuse_odd(found, name):
    """Refuse a list that names something that is no code or range, or one of them twice."""
    seen = set()
    for row in found.codes:
        if row.code in seen or not CODE.fullmatch(row.code):
            raise loading.Refused(
                f"{name}: “{row.code}” stands twice or is no code, as a chapter, block or code must be. {files.AGAIN}"
            )
        seen.add(row.code)
    for code, character, text in found.seventh_characters:
        if len(character or "") != 1 or len(text) > 200:
            raise loading.Refused(
                f"{name}: the seventh character “{character}” at {code} is not one character."
            )


class Reader:
    """Walks the tabular list from the top down."""

    def __init__(self, known=None):
        self.known = known
        self.found = Tabular()

    def chapter(self, element):
        """A chapter: a range of its own, even where its only block spans the same codes."""
        title, first, last = titled(element)
        sections = element.findall("section")
        code, number = f"{first}-{last}", words(element.find("name"))
        if any(titled(section)[1:] == (first, last) for section in sections):
            code = f"CHAPTER-{number}"
        self.range(element, code, title, Above(), f"Chapter {number}")
        open_ranges = [(first, last, code)]
        for section in sections:
            title, first, last = titled(section)
            while len(open_ranges) > 1 and not holds(open_ranges[-1], first, last):
                open_ranges.pop()
            above = Above(tuple(code for _, _, code in open_ranges))
            code = f"{first}-{last}"
            self.range(section, code, title, above)
            open_ranges.append((first, last, code))
            for diagnosis in section.iterfind("diag"):
                self.diagnosis(diagnosis, above.below(code))

    def range(self, element, code, title, above, label=""):
        """A chapter or block."""
        self.code(code, title, above, billable=False, kind="range", label=label)
        self.notes(element, code)

    def diagnosis(self, element, above):
        """A category, subcategory or code, with all below it."""
        code, title = note_text.undotted(words(element.find("name"))), words(element.find("desc"))
        seventh = tuple(
            (each.get("char", ""), words(each)) for each in element.iterfind("sevenChrDef/extension")
        )
        below = above.below(code, seventh)
        children = element.findall("diag")
        extended = [] if children else list(self.extended(code, title, below.seventh))
        self.code(code, title, above, billable=not children and not extended)
        self.notes(element, code)
        self.found.seventh_characters += [(code, character, text) for character, text in seventh]
        for child in children:
            self.diagnosis(child, below)
        for made, its_title in extended:
            self.code(made, its_title, below, billable=True)

    def extended(self, code, title, seventh):
        """The codes made from a leaf by its seventh characters, with their titles."""
        if len(code) < 7:
            for character, text in seventh:
                made = code.ljust(6, "X") + character
                if made in self.known if self.known is not None else exists(code, title, character):
                    yield made, f"{title}, {text}"

    def code(self, code, title, above, billable, **row):
        """Its place and its words."""
        parent = above.path[-1] if above.path else ""
        self.found.codes.append(CodeRow(code, parent=parent, path=above.path, **row))
        self.found.descriptors.append((code, billable, None, "", "", title))

    def notes(self, element, code):
        """Every note that stands right at this element, in its order."""
        lines = [line for child in element for line in lines_of(child)]
        self.found.notes += [(code, kind, position, text) for position, (kind, text) in enumerate(lines)]


def exists(code, title, character):
    """Whether a code is made by this character, where no list of codes tells: after a death there is no later visit."""
    return character == "A" or not (code.startswith("S06") and "death" in title)


def titled(element):
    """The title of a chapter or block, and its first and last category."""
    text = words(element.find("desc"))
    found = RANGE.search(text)
    if not found:
        raise loading.Refused(f"“{text}” does not end in its range of codes, as a chapter or block must.")
    return text[: found.start()], found[1], found[2] or found[1]


def holds(outer, first, last):
    """Whether an open range spans these categories."""
    return outer[0] <= first and last <= outer[1]


def load_published(path, asked, progress=loading.quiet):
    """Load NCHS's file, plain or in its zip, as `import_release` has it."""
    name, root = xml_files.root_of(path, FILE)
    about = fiscal.about(asked, name, path.name, words(root.find("version")))
    return load(path, None, progress, path.name, notice=NOTICE.format(about["edition"]), **about)


def load_packaged(progress=loading.quiet):
    """Load the edition that the pinned package simple-icd-10-cm carries."""
    xml, code_list = packages.icd10cm()
    return load(xml, code_list, progress, f"{xml.name} of the package simple-icd-10-cm", **APRIL_2026)


def load(xml, code_list=None, progress=loading.quiet, source_file="", **about):
    """Load a tabular list: `about` is the edition (`edition`, `effective_on`, `ends_on`, `notice`)."""
    files = tuple(filter(None, (xml, code_list)))
    edition = loading.Edition(
        source=SOURCE,
        code_set="icd-10-cm",
        source_file=source_file or Path(xml).name,
        files=files,
        **about,
    )
    return loading.load(edition, lambda: read(xml, code_list), write, progress)


def write(this, rows):
    """Put a tabular list in."""
    this.expect(sum(row.kind == "code" for row in rows.codes), *EXPECTED_CODES, "codes")
    this.expect(sum(row[1] for row in rows.descriptors), *EXPECTED_BILLABLE, "billable codes")
    this.progress(0.15, "codes")
    headings.let_go(this.code_set)
    this.codes(rows.codes, decides=SOURCE)
    headings.adopt(this.code_set)
    this.progress(0.35, "descriptions")
    ranges = [row for row in rows.descriptors if row[0] in this.ranges]
    codes = [row for row in rows.descriptors if row[0] not in this.ranges]
    this.merge(RANGES, ranges)
    this.merge(CODES, codes, is_main=True)
    headings.reach_back(this.code_set, this.release)
    this.progress(0.55, "words for the search")
    this.merge(RANGE_TITLES, [(row[0], "title", row[-1]) for row in ranges])
    this.merge(CODE_TITLES, [(row[0], "title", row[-1]) for row in codes])
    this.merge(INCLUSION_TERMS, list(dict.fromkeys(inclusion_terms(rows.notes))))
    this.progress(0.85, "notes")
    this.merge(SEVENTH_CHARACTERS, rows.seventh_characters)
    this.merge(NOTES, rows.notes)
    refer()


EXPECTED_CODES = (90_000, 110_000)
EXPECTED_BILLABLE = (68_000, 85_000)


def inclusion_terms(notes):
    """Inclusion terms as terms of the search."""
    for code, kind, _, text in notes:
        if kind == Note.Kind.INCLUSION_TERM:
            yield code, "inclusion", text


def refer():
    """Write down which codes the new notes name."""
    with connection.cursor() as cursor:
        cursor.execute(REFERENCES, [SOURCE])
        rows = [
            (key, part.first, part.last, part.is_qualified)
            for key, text in cursor.fetchall()
            for part in note_text.parts(text)
            if part.first
        ]
        copy(cursor, "codes_notereference", ("note_id", "first", "last", "is_qualified"), rows)


SOURCES = [
    Source(
        SOURCE,
        "ICD-10-CM tabular list as XML: codes, chapters, notes, seventh characters",
        "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
        True,
        load_published,
    )
]
