"""RVUs and fee of a procedure; MS-DRG and risk adjustment of a diagnosis; weight and stay of an MS-DRG."""

from codes.models.drgs import weight_of
from codes.sections import diagnosis_groups, procedure_fees
from codes.sections.base import Face, Filled, NotLoaded, Section

PROCEDURE = Face("RVUs and Medicare fee", "Units, and the fee at your locality, line by line.", 4)


class Fees(Section):
    """What a payer works out from the code."""

    key = "fees"
    template = "codes/sections/_fees.html"
    faces = {
        "cpt": PROCEDURE,
        "hcpcs": PROCEDURE,
        "icd-10-cm": Face(
            "MS-DRG and risk adjustment", "The groups it leads to, CC or MCC, and HCCs by year.", 3
        ),
        "icd-10-pcs": Face("MS-DRG", "The groups it leads to.", 4),
        "ms-drg": Face("Weight and length of stay", "What the group pays by, and how long a stay is.", 1),
    }

    def answer(self, subject):
        """By code set: fee of a procedure, groups of a diagnosis, weight of an MS-DRG."""
        if subject.code_set == "icd-10-cm":
            return diagnosis_groups.answer(subject)
        if subject.code_set == "ms-drg":
            return drg(subject)
        if subject.code_set == "icd-10-pcs":
            return NotLoaded("the MS-DRG definitions for procedures")
        return procedure_fees.answer(subject)


def drg(subject):
    """The group's line of Table 5."""
    line = weight_of(subject.found.id, subject.on)
    if line is None:
        return NotLoaded("MS-DRG Table 5 of that year", "import_release ms-drg FILE")
    edition = subject.editions.answer(subject.editions.of_code_set("ms-drg"))
    facts = {
        "Weight": str(line["capped_weight"]),
        "GMLOS": str(line["gmlos"]),
        "AMLOS": str(line["amlos"]),
        "MDC": line["mdc"],
        "Type": {"SURG": "surgical", "MED": "medical"}.get(line["drg_type"], line["drg_type"]),
        "Post-acute transfer": "yes" if line["is_post_acute"] else "no",
    }
    return Filled(
        {"line": line, "facts": list(facts.items())},
        value=facts["Weight"],
        edition=edition.label if edition else "",
        facts=facts,
    )


SECTION = Fees()
