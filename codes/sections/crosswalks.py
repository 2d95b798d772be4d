"""Crosswalks: where a code leads in other code sets, and the words that lead to it."""

from codes.models.drgs import diagnoses_of
from codes.sections.base import Face, Filled, NotLoaded, Section
from codes.spelling import dotted

PROCEDURE = Face("Crosswalks", "Related diagnoses, procedures and earlier codes.", 6)
FILES = {
    "icd-10-cm": (
        "the alphabetic index and the general equivalence mappings",
        "import_release icd10cm-index FILE",
    ),
    "icd-10-pcs": ("the general equivalence mappings", "import_release gem FILE"),
}


class Crosswalks(Section):
    """Inclusion terms of a diagnosis; the diagnoses of an MS-DRG."""

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
        """Inclusion terms for a diagnosis, diagnoses for an MS-DRG, else which file would fill it."""
        if subject.code_set == "ms-drg":
            return drg(subject)
        file, command = FILES.get(
            subject.code_set, ("a crosswalk of this code set", f"import_release {subject.code_set} FILE")
        )
        terms = [
            line["text"]
            for line in subject.around.notes
            if line["kind"] == "inclusion_term" and line["code"] == subject.code
        ]
        if not terms:
            return NotLoaded(file, command)
        return Filled({"terms": terms, "not_loaded": file, "command": command}, value=str(len(terms)))


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
