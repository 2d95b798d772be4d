"""Claim edits of a diagnosis: present on admission, and whether it may stand first."""

import re

from codes.models.lineage import is_exempt
from codes.sections.base import DoesNotApply, Filled, NotLoaded, outside

SOURCE = "icd10cm-poa-exempt"
MISSING = ("the list of codes exempt from present on admission", "import_release icd10cm-poa-exempt FILE")
EXTERNAL = tuple("VWXY")
MANIFESTATION = re.compile(r"\bin (?:[\w\s]+ )?diseases classified elsewhere", re.IGNORECASE)


def answer(subject):
    """What a claim with the diagnosis is checked for, on the day asked for."""
    if not subject.billable:
        return DoesNotApply("are made on billable codes: choose one below.")
    loaded = subject.editions.of_source(SOURCE)
    edition = subject.editions.answer(loaded)
    rules = list(first_listed(subject))
    if edition is None and not rules:
        return DoesNotApply(outside(loaded, subject.editions.dos)) if loaded else NotLoaded(*MISSING)
    poa = present_on_admission(subject, loaded, edition)
    return Filled(
        {"claim": {"poa": poa, "rules": rules}},
        value=f"POA {poa['short']}",
        edition=edition.label if edition else "",
        facts={"POA": poa["short"]} if edition else {},
        sources=[edition] if edition else [],
    )


def present_on_admission(subject, loaded, edition):
    """Whether the indicator is reported, in a word and in a sentence."""
    if edition is None:
        sentence = outside(loaded, subject.editions.dos) if loaded else f"Not loaded: {MISSING[0]}."
        return {"short": "not loaded", "sentence": sentence, "edition": ""}
    if is_exempt(subject.code, subject.editions.day(loaded)):
        sentence = "Exempt: no present-on-admission indicator is reported with it on an inpatient claim."
        return {"short": "exempt", "sentence": sentence, "edition": edition.label}
    if outlived := not_in_its_days(subject, edition):
        return {"short": outlived, "sentence": f"The code {outlived}.", "edition": edition.label}
    sentence = "Reported: an inpatient claim says Y, N, U or W with it (present on admission or not)."
    return {"short": "reported", "sentence": sentence, "edition": edition.label}


def not_in_its_days(subject, edition):
    """Why a list cannot name the code: `newer than this list`, `ended before this list`; empty where it could."""
    first, ended = subject.found.windows[0], subject.window["terminated_on"]
    if first["start_known"] and edition.ends_on and first["effective_on"] > edition.ends_on:
        return "is newer than this list"
    return "ended before this list" if ended and ended < edition.effective_on else ""


def first_listed(subject):
    """(what, sentence) for each rule that keeps the diagnosis from standing first."""
    if subject.code.startswith(EXTERNAL):
        yield (
            "External cause",
            "Never the principal or first-listed diagnosis (Official Guidelines, section I.C.20.a.6).",
        )
    if MANIFESTATION.search(subject.window["long"]):
        yield (
            "Manifestation",
            "Never first: the underlying disease is coded before it (Official Guidelines, section I.A.13).",
        )
