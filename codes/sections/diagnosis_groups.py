"""The groups that pay for a diagnosis: MS-DRG, CC or MCC, HCC by payment year."""

from collections import defaultdict

from codes.models.diagnoses import groups
from codes.sections.base import DoesNotApply, Filled, NotLoaded, outside
from codes.sections.drg_tables import drg_groups, principal

EXTERNAL = tuple("VWXY")


def answer(subject):
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
