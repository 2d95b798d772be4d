"""RVUs and fee of a procedure; MS-DRG and risk adjustment of a diagnosis; weight and stay of an MS-DRG."""

from codes.models.drgs import weight_of
from codes.sections import diagnosis_groups, procedure_fees
from codes.sections.base import Face, Filled, NotLoaded, Section
from codes.sections.drg_tables import KINDS

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
        "Weight": shown(line["capped_weight"]),
        "GMLOS": shown(line["gmlos"]),
        "AMLOS": shown(line["amlos"]),
        "MDC": shown(line["mdc"]),
        "Type": KINDS.get(line["drg_type"], shown(line["drg_type"])),
        "Post-acute transfer": "yes" if line["is_post_acute"] else "no",
    }
    return Filled(
        {"line": list(line_in_words(line))},
        value="no weight" if line["capped_weight"] is None else facts["Weight"],
        edition=edition.label if edition else "",
        facts=facts,
    )


def shown(value):
    """A cell of Table 5, or a dash where it is empty."""
    return "–" if value in (None, "") else str(value)


def line_in_words(line):
    """What a line of Table 5 says, as triples of name, value and meaning."""
    if line["capped_weight"] is None:
        yield "Relative weight", "no weight", "not paid as grouped"
        return
    yield "Relative weight", line["capped_weight"], "times the hospital’s base rate"
    if line["weight"] != line["capped_weight"]:
        yield "Weight before the cap", line["weight"], "a weight falls by at most a tenth in a year"
    yield "Geometric mean stay", shown(line["gmlos"]), "days; a transfer’s daily rate is worked out with it"
    yield "Arithmetic mean stay", shown(line["amlos"]), "days"
    if line["is_post_acute"]:
        yield "Post-acute transfer", "yes", "an early transfer to post-acute care is priced by the day"
    else:
        yield "Post-acute transfer", "no", "a discharge to post-acute care is priced whole"
    if line["is_special_pay"]:
        yield "Special pay", "yes", "half of the whole price counts for the first day of such a transfer"


SECTION = Fees()
