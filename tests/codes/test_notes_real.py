"""500 diagnoses by chance: the notes on and above each are those of NCHS's XML, read here by a few lines."""

import random
from collections import Counter
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from codes.importers import icd10cm, packages
from codes.models import page

pytestmark = [pytest.mark.django_db, pytest.mark.full]
KINDS = {
    "includes": "includes",
    "inclusionTerm": "inclusion_term",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "note",
}


def own_notes(element):
    """Counter of (kind, text) of the notes right at an element."""
    blocks = [block for block in element if block.tag in KINDS]
    notes = [(KINDS[block.tag], note) for block in blocks for note in block.iterfind("note")]
    return Counter((kind, " ".join("".join(note.itertext()).split())) for kind, note in notes)


def wider(section, chapter):
    """The notes of blocks that span a block after them; the file lists both side by side."""
    first, _, last = section.get("id").partition("-")
    blocks = chapter.findall("section")
    spans = [
        (each, *each.get("id").split("-"))
        for each in blocks[: blocks.index(section)]
        if "-" in each.get("id")
    ]
    held = [each for each, begins, ends in spans if begins <= first and ends >= (last or first)]
    return sum(map(own_notes, held), Counter())


def notes_by_an_independent_reader():
    """Code → Counter of (kind, text) of the notes on it and above it."""
    found = {}

    def walk(element, above):
        own = above + own_notes(element)
        if element.tag == "diag":
            found[element.findtext("name").strip().replace(".", "")] = own
        for child in element:
            if child.tag in ("chapter", "section", "diag"):
                walk(child, own + wider(child, element) if child.tag == "section" else own)

    walk(ET.parse(packages.icd10cm()[0]).getroot(), Counter())  # noqa: S314 a pinned file
    return found


def test_notes_of_random_diagnoses_are_those_of_the_file():
    icd10cm.load_packaged()
    expected = notes_by_an_independent_reader()
    tables = [code for code in expected if not code.startswith("H54")]  # a table, told in sentences
    for code in random.Random(20703).sample(sorted(tables), 500):
        found = page.find("icd-10-cm", code)
        owners = [*found.path, found.code]
        around = page.surroundings(found, date(2026, 5, 1), True, found.path[-1], owners, [], False)
        told = Counter((row["kind"], row["text"]) for row in around.notes if row["kind"] in KINDS.values())
        assert told == expected[code], code
