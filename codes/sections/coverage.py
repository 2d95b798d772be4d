"""Medicare coverage: the national and local policies that name a code."""

from codes.sections.base import DoesNotApply, Face, NotLoaded, Section

FACE = Face("Medicare coverage", "National and local policies that name it.", 5)


class Coverage(Section):
    """NCDs, LCDs and articles of the Medicare coverage database."""

    key = "coverage"
    template = "codes/sections/_coverage.html"
    faces = {"cpt": FACE, "hcpcs": FACE, "icd-10-cm": FACE, "icd-10-pcs": FACE}
    elsewhere = Face("Medicare coverage", "", 95, applies=False)

    def answer(self, subject):
        """Nothing is loaded yet that names this code."""
        if subject.code_set == "ms-drg":
            return DoesNotApply("is decided by procedure and diagnosis, not by MS-DRG.")
        return NotLoaded("the Medicare coverage database", "import_release mcd FILE")


SECTION = Coverage()
