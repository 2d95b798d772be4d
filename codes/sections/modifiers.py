"""Modifiers and payment indicators of a procedure; claim edits of a diagnosis."""

from codes.sections import claim_edits, procedure_indicators
from codes.sections.base import DoesNotApply, Face, Section

PROCEDURE = Face(
    "Modifiers and payment indicators", "Each indicator in words, and the modifiers it admits.", 3
)
NOT_FOR = {
    "icd-10-pcs": "do not apply to inpatient procedure codes.",
    "ms-drg": "do not apply to MS-DRGs.",
}


class Modifiers(Section):
    """Payment policy indicators of the physician fee schedule; the present-on-admission rule of a diagnosis."""

    key = "modifiers"
    template = "codes/sections/_modifiers.html"
    faces = {
        "cpt": PROCEDURE,
        "hcpcs": PROCEDURE,
        "icd-10-cm": Face(
            "Claim edits", "Whether present on admission is reported, and what a claim is checked for.", 2
        ),
    }
    elsewhere = Face("Modifiers and payment indicators", "", 93, applies=False)

    def answer(self, subject):
        """The indicators of a procedure; the claim edits of a diagnosis."""
        if subject.code_set in NOT_FOR:
            return DoesNotApply(NOT_FOR[subject.code_set])
        if subject.code_set == "icd-10-cm":
            return claim_edits.answer(subject)
        return procedure_indicators.answer(subject)


SECTION = Modifiers()
