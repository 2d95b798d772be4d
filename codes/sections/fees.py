"""RVUs and fee of a procedure; MS-DRG and risk adjustment of a diagnosis; weight and stay of an MS-DRG."""

from itertools import groupby

from codes.models.diagnoses import groups
from codes.models.drgs import weight_of
from codes.sections.base import DoesNotApply, Face, Filled, NotLoaded, Section, outside

PROCEDURE = Face("RVUs and Medicare fee", "Units, and the fee at your locality, line by line.", 4)
EXTERNAL = tuple("VWXY")


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
        """By code set: groups of a diagnosis, weight of an MS-DRG, else which file would fill it."""
        if subject.code_set == "icd-10-cm":
            return diagnosis(subject)
        if subject.code_set == "ms-drg":
            return drg(subject)
        if subject.code_set == "icd-10-pcs":
            return NotLoaded("the MS-DRG definitions for procedures")
        return NotLoaded("the physician fee schedule (the RVU file)", "import_release pfs FILE")


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
        {"line": line}, value=facts["Weight"], edition=edition.label if edition else "", facts=facts
    )


def diagnosis(subject):
    """MS-DRGs as principal diagnosis, CC or MCC as a secondary one, HCCs of the payment year after the service."""
    if not subject.billable:
        return DoesNotApply("is worked out for billable codes: choose one below.")
    editions = subject.editions
    source = editions.of_source("ms-drg-diagnoses")
    grouper = editions.answer(source)
    if grouper is None and editions.dos and source:
        return DoesNotApply(outside(source, editions.dos))
    if grouper is None:
        return NotLoaded("the MS-DRG definitions", "load_default_data")
    rows = groups(subject.code, editions.day(source))
    context = {
        "drg_groups": drg_groups(rows["drgs"]),
        "is_external_cause": subject.code.startswith(EXTERNAL) and not rows["drgs"],
        "complication": next(iter(rows["complications"]), None),
        "years": payment_years(rows["hccs"], subject),
        "grouper": grouper,
    }
    return Filled(context, value=principal(context), edition=grouper.label, facts=facts_of(context))


def drg_groups(rows):
    """MS-DRGs by the grouper's role, principal diagnosis first."""
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row["group"])]
    runs.sort(key=lambda run: list(ROLES).index(run[0]["role"]))
    return [
        {
            "role": ROLES[run[0]["role"]],
            "is_principal": run[0]["role"] in ("PDX", "PSDX"),
            "rows": run,
        }
        for run in runs
    ]


def payment_years(rows, subject):
    """HCCs by payment year, the latest first, with the years that are loaded but name no HCC for this code.

    Services of a year count for the payment year after it; with a date of service only that year is shown.
    """
    loaded = subject.editions.of_source("hcc")
    if subject.editions.dos:
        loaded = [edition for edition in loaded if edition.holds(subject.editions.dos)]
    by_year = {year: list(run) for year, run in groupby(rows, key=lambda row: row["payment_year"])}
    return [
        {
            "year": edition.effective_on.year + 1,
            "edition": edition,
            "services": edition.effective_on.year,
            "rows": by_year.get(edition.effective_on.year + 1, []),
            "is_newer": is_newer(subject.found.windows[0], edition),
        }
        for edition in loaded
    ]


def is_newer(first, edition):
    """Whether the code began after the days of an edition: then the edition's silence says nothing."""
    return first["start_known"] and first["effective_on"] > edition.ends_on


def principal(context):
    """`637–639` for the groups as principal diagnosis, `521–522, 535–536` where they do not follow each other."""
    drgs = {row["drg"] for group in context["drg_groups"] if group["is_principal"] for row in group["rows"]}
    runs = []
    for drg in sorted(drgs):
        if runs and int(drg) == int(runs[-1][-1]) + 1:
            runs[-1].append(drg)
        else:
            runs.append([drg])
    return (
        ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs) or "none as principal"
    )


def facts_of(context):
    """The strip's values: MS-DRG, CC or MCC, HCC of the latest year's V28 model."""
    complication = context["complication"]
    latest = context["years"][0] if context["years"] else None
    hcc = "not loaded"
    if latest:
        v28 = [row["hcc"] for row in latest["rows"] if row["model"].endswith("V28")]
        hcc = ", ".join(v28) if v28 else "newer than this mapping" if latest["is_newer"] else "none"
    return {
        "MS-DRG": principal(context),
        "CC or MCC": complication["level"] if complication else "No",
        "HCC": hcc,
    }


ROLES = {
    "PDX": "As principal diagnosis",
    "PSDX": "As principal or secondary diagnosis",
    "SDX": "As secondary diagnosis",
    "AND PSDX": "Beside another condition that the group asks for",
}

SECTION = Fees()
