"""Claim edits of a diagnosis: present on admission, the patient's age, and whether it may stand first."""

import re

from codes.models.outpatient import claim_facts
from codes.sections.base import DoesNotApply, Filled, NotLoaded, outside

SOURCE = "icd10cm-poa-exempt"
EDITOR = "oce-diagnoses"
MISSING = ("the list of codes exempt from present on admission", "import_release icd10cm-poa-exempt FILE")
TABLES = "the outpatient code editor’s tables (age, manifestation, unacceptable principal diagnosis)"
EXTERNAL = tuple("VWXY")
MANIFESTATION = re.compile(r"\bin (?:[\w\s]+ )?diseases classified elsewhere", re.IGNORECASE)
MOST_YEARS = 124  # the editor's word for “no upper limit”
FIRST_IS_UNDERLYING = "Never first: the underlying disease is coded before it"


def answer(subject):
    """What a claim with the diagnosis is checked for, on the day asked for."""
    if not subject.billable:
        return DoesNotApply("are made on billable codes: choose one below.")
    editions = subject.editions
    lists, tables = editions.of_source(SOURCE), editions.of_source(EDITOR)
    edition, editor = editions.answer(lists), editions.answer(tables)
    facts = claim_facts(subject.code, edition and editions.day(lists), editor and editions.day(tables))
    rules = [*first_listed(subject), *of_editor(subject, tables, editor, facts["edit"])]
    if edition is None and editor is None and not list(first_listed(subject)):
        return DoesNotApply(outside(lists, editions.dos)) if lists else NotLoaded(*MISSING)
    poa = present_on_admission(subject, lists, edition, facts["is_exempt"])
    return Filled(
        {"claim": {"poa": poa, "rules": rules}},
        value=f"POA {poa['short']}",
        edition=edition.label if edition else "",
        facts={"POA": poa["short"]} if edition else {},
        sources=[each for each in (edition, editor) if each],
    )


def present_on_admission(subject, loaded, edition, is_exempt):
    """Whether the indicator is reported, in a word and in a sentence."""
    if edition is None:
        sentence = outside(loaded, subject.editions.dos) if loaded else f"Not loaded: {MISSING[0]}."
        return {"short": "not loaded", "sentence": sentence, "edition": ""}
    if is_exempt:
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
    """(what, sentence, edition) for each rule of the guidelines that keeps the diagnosis from standing first."""
    if subject.code.startswith(EXTERNAL):
        yield (
            "External cause",
            "Never the principal or first-listed diagnosis (Official Guidelines, section I.C.20.a.6).",
            "",
        )
    if MANIFESTATION.search(subject.window["long"]):
        yield "Manifestation", f"{FIRST_IS_UNDERLYING} (Official Guidelines, section I.A.13).", ""


def of_editor(subject, loaded, edition, edit):
    """(what, sentence, edition) for each check of the outpatient code editor, or the one line why there is none."""
    if edition is None:
        said = outside(loaded, subject.editions.dos) if loaded else f"Not loaded: {TABLES}."
        return [("Outpatient claim", said, "")]
    if edit:
        return [(*each, edition.label) for each in checks(edit)]
    outlived = not_in_its_days(subject, edition)
    silence = f"The code {outlived}." if outlived else "No age limit; accepted as principal diagnosis."
    return [("Outpatient claim", silence, edition.label)]


def checks(edit):
    """(what, sentence) for each check that a row of the editor names."""
    if edit["lowest_age"] is not None:
        yield (
            "Age",
            f"{years(edit['lowest_age'], edit['highest_age'])}; an outpatient claim outside is returned.",
        )
    if edit["is_manifestation"]:
        yield "Manifestation, outpatient claim", f"{FIRST_IS_UNDERLYING}."
    if edit["is_unacceptable_principal"]:
        yield (
            "Unacceptable principal diagnosis",
            "Not accepted as the principal diagnosis of an outpatient claim.",
        )


def years(lowest, highest):
    """`Patients of 9 to 64 years`, with one limit where the other is none."""
    if highest == 0:
        return "Newborns: patients below 1 year"
    if highest >= MOST_YEARS:
        return f"Patients of {lowest} years and over"
    return f"Patients of {lowest} to {highest} years"
