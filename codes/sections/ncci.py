"""NCCI edits: what is denied beside a procedure, and how many units count."""

from codes.sections.base import DoesNotApply, Face, NotLoaded, Section

FACE = Face("NCCI edits", "What is denied beside it, unit limits, its primary codes.", 2)
NOT_FOR = {
    "icd-10-cm": "do not apply to diagnosis codes.",
    "icd-10-pcs": "do not apply to inpatient procedure codes.",
    "ms-drg": "do not apply to MS-DRGs.",
}


class Ncci(Section):
    """Procedure-to-procedure edits, medically unlikely edits and add-on relations."""

    key = "ncci"
    template = "codes/sections/_ncci.html"
    faces = {"cpt": FACE, "hcpcs": FACE}
    elsewhere = Face("NCCI edits", "", 92, applies=False)

    def answer(self, subject):
        """Nothing is loaded yet that names this code."""
        if subject.code_set in NOT_FOR:
            return DoesNotApply(NOT_FOR[subject.code_set])
        return NotLoaded(
            "the NCCI procedure-to-procedure, medically unlikely and add-on edit files",
            "import_release ptp-practitioner FILE",
        )


SECTION = Ncci()
