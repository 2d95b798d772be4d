"""Coding guidelines and notes: the rules that govern a code, and where each comes from."""

import re

from codes import hcpcs_fields, pcs
from codes.models import links
from codes.models.diagnoses import relations
from codes.models.pcs import values_of
from codes.names import line
from codes.sections.base import DoesNotApply, Face, Filled, NotLoaded, Section
from codes.sections.notes import KIND_LABELS, from_above
from codes.sections.own_guidance import GUIDELINE, beside, own
from codes.spelling import dotted

HEADING = "Coding guidelines and notes"
PROCEDURE = Face(HEADING, "The rules for reporting it, and where each comes from.", 1)
SIDE = re.compile(r"\b(right|left|bilateral|unspecified)\b")


class Guidelines(Section):
    """Notes of the tabular list; the seven characters of a PCS code; licensed guidelines of CPT."""

    key = "guidelines"
    template = "codes/sections/_guidelines.html"
    faces = {
        "icd-10-cm": Face(HEADING, "The notes that govern it, and where each comes from.", 1),
        "icd-10-pcs": Face(HEADING, "Its seven characters, one by one.", 1),
        "cpt": PROCEDURE,
        "hcpcs": PROCEDURE,
    }
    elsewhere = Face(HEADING, "", 91, applies=False)

    def answer(self, subject):
        """The official rules, with our own guidelines below them."""
        return beside(official(subject), own(subject, GUIDELINE))


def official(subject):
    """The notes above and on a diagnosis code, the characters of a PCS code."""
    if subject.code_set == "icd-10-cm":
        return diagnosis(subject)
    if subject.code_set == "icd-10-pcs":
        return procedure(subject)
    if subject.code_set == "ms-drg":
        return DoesNotApply("do not apply: an MS-DRG is assigned by the grouper.")
    if subject.code_set == "hcpcs":
        return supply(subject)
    return NotLoaded(*FILES[subject.code_set])


FILES = {
    "cpt": ("the AMA’s CPT files with their guidelines", "import_release cpt FOLDER"),
    "hcpcs": ("CMS’s HCPCS Level II file with its processing notes", "import_release hcpcs FILE"),
}


def supply(subject):
    """What CMS's HCPCS file says of processing claims with a code, and its coverage code in words."""
    edition = subject.editions.answer(subject.editions.of_source("hcpcs"))
    fact = (
        edition
        and links.ask({"fact": links.FACT}, {"code": subject.code, "release_fact": edition.pk})["fact"]
    )
    if not fact:
        return NotLoaded(*FILES["hcpcs"])
    note = hcpcs_fields.processing_note(fact)
    return Filled(
        {
            "coverage": hcpcs_fields.coverage(fact),
            "processing": {"number": note[0], "text": note[1]} if note else None,
            "is_supply": True,
            "is_example": edition.is_demonstration,
        },
        value=f"coverage {fact['coverage']}" if fact["coverage"] else "",
        edition=edition.label,
        facts={"Coverage": hcpcs_fields.coverage(fact)},
    )


TABULAR = "import_release icd10cm-tabular FILE"


def diagnosis(subject):
    """The notes above, folded into one list by origin; seventh characters, other sides, and who names the code."""
    origins = list(from_above(subject))
    related = relations(subject.found, subject.on)
    lists = subject.editions.of_source("icd10cm-tabular")
    edition = subject.editions.answer(lists)
    if edition is None and lists:
        reach = subject.editions.span(lists)
        return NotLoaded(f"the tabular list of that day; what is loaded reaches {reach}", TABULAR)
    own = sum(note["code"] == subject.code and note["kind"] == "excludes1" for note in subject.around.notes)
    above = sum(origin["excludes1"] for origin in origins)
    return Filled(
        {
            "origins": origins,
            "has_own": any(note["code"] == subject.code for note in subject.around.notes),
            "seventh": nearest(related["seventh"])
            if len(subject.code) == 7 or not subject.billable
            else None,
            "sides": other_sides(subject, related["siblings"]),
            "encounters": other_encounters(subject, related["siblings"]),
            "named_by": [named(row) for row in related["named_by"] if not is_wide(row, subject.found)],
            "named_in_ranges": [named(row) for row in related["named_by"] if is_wide(row, subject.found)],
        },
        value=count(len(origins), "origin"),
        edition=edition.label if edition else "",
        facts={"Excludes1": f"{own} own, {above} above"},
    )


def nearest(rows):
    """The seventh characters of the lowest code that defines any, with that code; None where none does."""
    lowest = max((row["code"] for row in rows), key=len, default=None)
    if lowest is None:
        return None
    return {"code": dotted("icd-10-cm", lowest), "rows": [row for row in rows if row["code"] == lowest]}


def without_side(title):
    """A title without its words for the right, left, both or an unspecified side."""
    return " ".join(SIDE.sub(" ", title.lower()).split())


def other_sides(subject, siblings):
    """The same diagnosis on each side, the code itself among them; empty where sides do not matter."""
    mine = without_side(subject.window["long"])
    same = [sibling(row, subject) for row in siblings if without_side(row["title"]) == mine]
    return same if len(same) > 1 else []


def other_encounters(subject, siblings):
    """Codes that differ in the seventh character only, the code itself among them."""
    if len(subject.code) != 7:
        return []
    above = subject.around.above[-1]["title"] if subject.around.above else ""
    return [sibling(row, subject, above) for row in siblings if row["code"][:6] == subject.code[:6]]


def sibling(row, subject, above=""):
    """A related code as a line without the words above it, marked where it is the code of the page."""
    full = {"kind": "code", "label": "", "billable": True, **row}
    return line(subject.code_set, full, above) | {"is_here": row["code"] == subject.code}


def is_wide(row, found):
    """Whether a note names the code only by a range that reaches beyond its block."""
    block = next((code for code in reversed(found.path) if "-" in code), found.code)
    first, _, last = block.partition("-")
    return row["first"][:3] < first or row["last"][:3] > (last or first[:3])


def named(row):
    """A note elsewhere that names this code, as the template prints it."""
    return {
        "code": dotted("icd-10-cm", row["code"]),
        "title": row["title"],
        "label": KIND_LABELS[row["kind"]],
        "kind": row["kind"],
        "text": row["text"],
    }


def procedure(subject):
    """The seven characters by position."""
    values = values_of(subject.code, subject.on)
    labels = {position: label for position, (label, _) in values.items()}
    characters = pcs.characters(subject.code, subject.window["long"], labels)
    named_facts = {axis: label for _, axis, _, label in characters if label}
    edition = subject.editions.answer(subject.editions.of_code_set("icd-10-pcs"))
    return Filled(
        {"characters": characters, "meanings": [each for each in values.values() if each[1]]},
        value="7 characters",
        edition=edition.label if edition else "",
        facts={name: named_facts.get(name, "–") for name in ("Section", "Operation", "Approach", "Device")},
    )


def count(number, word):
    """`1 origin`, `3 origins`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


SECTION = Guidelines()
