"""RVUs and fee of a procedure; MS-DRG and risk adjustment of a diagnosis; weight and stay of an MS-DRG."""

from collections import defaultdict

from codes.models.diagnoses import groups
from codes.models.drgs import weight_of
from codes.sections.base import DoesNotApply, Face, Filled, NotLoaded, Section, outside
from codes.sections.diagnosis_groups import KINDS, drg_groups, principal

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
        "risk": risk_adjustment(rows["hccs"], subject),
        "grouper": grouper,
    }
    return Filled(context, value=principal(context), edition=grouper.label, facts=facts_of(context))


def risk_adjustment(rows, subject):
    """HCCs as a table: a column for each loaded payment year, the latest first, a line for each model.

    Services of a year count for the payment year after it; with a date of service only that year is shown.
    """
    loaded = subject.editions.of_source("hcc")
    if subject.editions.dos:
        loaded = [edition for edition in loaded if edition.holds(subject.editions.dos)]
    years = [year_of(edition, subject) for edition in loaded]
    named = defaultdict(list)
    for row in rows:
        named[row["model"], row["payment_year"]].append(row)
    models = sorted({row["model"] for row in rows if row["payment_year"] in {year["year"] for year in years}})
    return {
        "years": years,
        "models": [
            {"model": model, "cells": [hcc_cell(named, model, year) for year in years]} for model in models
        ],
    }


def year_of(edition, subject):
    """A payment year with the year of service before it, and what its silence would mean."""
    year = edition.effective_on.year + 1
    return {
        "year": year,
        "label": edition.label,
        "services": year - 1,
        "silence": silence(subject.found.windows[0], edition),
    }


def hcc_cell(named, model, year):
    """The HCCs of a model in a year with their labels, or what their absence means."""
    rows = named.get((model, year["year"]), [])
    return {"rows": rows, "silence": "" if rows else year["silence"]}


def silence(first, edition):
    """What it means that a mapping does not name a code: only a code that is known to be older has no HCC."""
    if not first["start_known"]:
        return "not in this mapping"
    return "newer than this mapping" if first["effective_on"] > edition.effective_on else "no HCC"


def facts_of(context):
    """The strip's values: MS-DRG, CC or MCC, HCC of the latest year's V28 model."""
    complication = context["complication"]
    return {
        "MS-DRG": principal(context),
        "CC or MCC": complication["level"] if complication else "No",
        "HCC": latest_hcc(context["risk"]),
    }


def latest_hcc(risk):
    """The V28 HCC of the latest year shown, `not loaded` where no year is."""
    if not risk["years"]:
        return "not loaded"
    latest = [line["cells"][0]["rows"] for line in risk["models"] if line["model"].endswith("V28")]
    return ", ".join(row["hcc"] for rows in latest for row in rows) or risk["years"][0]["silence"]


SECTION = Fees()
