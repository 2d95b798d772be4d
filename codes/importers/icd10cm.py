"""ICD-10-CM as NCHS publishes it: the tabular list as XML, complete, with its notes and seventh characters.

A leaf under a seventh-character definition stands for the codes made from it: padded with X to six characters,
the character added, the nearest definition above winning. The list of codes says which of those exist.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from django.db import connection

from codes import note_text
from codes.importers import loading, packages
from codes.importers.merging import DESCRIPTORS, INCLUSION_TERMS, NOTES, SEVENTH_CHARACTERS, TITLES, copy
from codes.importers.placing import CodeRow
from codes.models import Note

SOURCE = "icd10cm-tabular"
APRIL_2026 = {
    "edition": "FY2026, April 2026 update",
    "effective_on": date(2026, 4, 1),
    "ends_on": date(2026, 9, 30),
    "notice": "ICD-10-CM, FY2026, April 2026 update. National Center for Health Statistics and CMS; "
    "ICD-10 by permission of WHO.",
}
KINDS = {
    "includes": Note.Kind.INCLUDES,
    "inclusionTerm": Note.Kind.INCLUSION_TERM,
    "excludes1": Note.Kind.EXCLUDES1,
    "excludes2": Note.Kind.EXCLUDES2,
    "codeFirst": Note.Kind.CODE_FIRST,
    "useAdditionalCode": Note.Kind.USE_ADDITIONAL,
    "codeAlso": Note.Kind.CODE_ALSO,
    "notes": Note.Kind.NOTE,
    "sevenChrNote": Note.Kind.SEVENTH_CHARACTER,
}
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
    for chapter in chapters(xml):
        reader.chapter(chapter)
    return reader.found


def chapters(xml):
    """The chapters of a tabular XML file."""
    try:
        return ET.parse(xml).getroot().findall("chapter")  # noqa: S314 (an operator's own file)
    except ET.ParseError as error:
        name = Path(xml).name
        raise loading.Refused(
            f"{name} is not a whole XML file ({error}): fetch it again, then try again."
        ) from error


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
        seventh = tuple((each.get("char"), words(each)) for each in element.iterfind("sevenChrDef/extension"))
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
                if self.known is None or made in self.known:
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


def lines_of(element):
    """(kind, text) for each line of a block of notes."""
    if element.tag in KINDS:
        for note in element.iterfind("note"):
            yield KINDS[element.tag], words(note)
    elif element.tag == "sevenChrDef":
        character = ""
        for each in element:
            character = each.get("char", character)
            if each.tag == "note":
                yield Note.Kind.SEVENTH_CHARACTER, f"{character}: {words(each)}"
    elif element.tag == "visualImpairment":
        yield from ((Note.Kind.NOTE, text) for text in visual_impairment(element))


def visual_impairment(table):
    """The table at H54.8 in sentences, a category each."""
    for category in table.iterfind("visCategory"):
        number = words(category.find("value"))
        acuities = [
            (words(each.find("visMax")), words(each.find("visMin"))) for each in category.iterfind("visRange")
        ]
        if not number:
            continue
        if len(acuities) == 1:
            yield f"Category {number} of visual impairment: {acuities[0][0].lower()}."
            continue
        less, least = (" or ".join(filter(None, each)) for each in zip(*acuities, strict=True))
        yield (
            f"Category {number} of visual impairment, visual acuity with best possible correction: "
            f"less than {less}; equal to or better than {least}."
        )


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


def words(element):
    """All text of an element on one line; empty without one."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


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
    this.codes(rows.codes)
    this.progress(0.35, "descriptions")
    this.merge(DESCRIPTORS, rows.descriptors, is_main=True)
    this.progress(0.55, "words for the search")
    this.merge(TITLES, [(row[0], "title", row[-1]) for row in rows.descriptors])
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
