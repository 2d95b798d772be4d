"""Crosswalks: where a code leads in other code sets, and the words that lead to it."""

from codes.models.drgs import diagnoses_of
from codes.sections.base import Face, Filled, NotLoaded, Section, outside
from codes.sections.crosswalk_parts import PARTS, answers, asked_of
from codes.sections.lineage_parts import LINEAGE
from codes.spelling import dotted

PROCEDURE = Face("Crosswalks", "Related diagnoses, procedures and earlier codes.", 6)


class Crosswalks(Section):
    """Where a code leads in other code sets, part by part; the diagnoses of an MS-DRG."""

    key = "crosswalks"
    template = "codes/sections/_crosswalks.html"
    faces = {
        "cpt": PROCEDURE,
        "hcpcs": PROCEDURE,
        "icd-10-pcs": PROCEDURE,
        "icd-10-cm": Face("Index and crosswalks", "The words that lead to it, and its codes elsewhere.", 4),
        "ms-drg": Face("Diagnoses", "The principal diagnoses that lead to it.", 2),
    }

    def answer(self, subject):
        """Inclusion terms and the parts for its code set; diagnoses for an MS-DRG; else which files would fill it."""
        if subject.code_set == "ms-drg":
            return drg(subject)
        asked = list(asked_of(subject, [*LINEAGE, *PARTS]))
        rows = answers(subject, asked)
        parts = [part_of(each, rows.get(each.part.key), subject) for each in asked]
        terms = inclusion_terms(subject)
        filled = [part for part in parts if part["state"] == "filled"]
        if not terms and all(part["state"] == "not-loaded" for part in parts):
            return NotLoaded(files(asked), asked[0].part.command)
        editions = list(dict.fromkeys(part["edition"] for part in filled))
        return Filled(
            {"terms": terms, "parts": parts},
            value=f"{len(filled) + bool(terms)} of {len(parts) + bool(terms)} parts",
            edition=" · ".join(editions),
            sources=[each.edition for each in asked if each.edition],
        )


def inclusion_terms(subject):
    """The code's own inclusion terms."""
    return [
        line["text"]
        for line in subject.around.notes
        if line["kind"] == "inclusion_term" and line["code"] == subject.code
    ]


def files(asked):
    """The files that would fill the section, in words."""
    return " and ".join(dict.fromkeys(each.part.file for each in asked))


def part_of(each, rows, subject):
    """A part as the template prints it; `state` is filled, none, not-loaded or outside."""
    part = {"key": each.part.key, "heading": each.part.heading, "template": each.part.template, "edition": ""}
    if not each.loaded:
        return part | {"state": "not-loaded", "sentence": f"Not loaded: {each.part.file}."}
    if each.edition is None:
        return part | {"state": "outside", "sentence": outside(each.loaded, subject.editions.dos)}
    part |= {"edition": each.edition.label, "is_example": each.edition.is_demonstration}
    if rows:
        return part | {"state": "filled", "content": each.part.show(rows, subject)}
    if each.edition.is_demonstration:
        return part | {"state": "not-loaded", "sentence": f"Not loaded for this code: {each.part.file}."}
    return part | {"state": "none", "sentence": each.part.none}


def drg(subject):
    """The principal diagnoses of the group, the first of them."""
    edition = subject.editions.answer(subject.editions.of_source("ms-drg-diagnoses"))
    if edition is None:
        return NotLoaded("the MS-DRG definitions", "load_default_data")
    on = subject.editions.day(subject.editions.of_source("ms-drg-diagnoses"))
    found = diagnoses_of(subject.code, on)
    diagnoses = [row | {"code": dotted("icd-10-cm", row["code"])} for row in found["first"]]
    context = {
        "diagnoses": diagnoses,
        "total": found["total"],
        "is_cut": found["total"] > len(diagnoses),
        "by_category": found["by_category"],
        "is_untitled": subject.editions.answer(subject.editions.of_code_set("icd-10-cm")) is None,
    }
    return Filled(context, value=f"{found['total']:,}", edition=edition.label)


SECTION = Crosswalks()
