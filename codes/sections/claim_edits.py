"""Claim edits of a diagnosis: present on admission, and whether it may stand first."""

from codes.models.lineage import is_exempt
from codes.sections.base import DoesNotApply, Filled, NotLoaded, outside

SOURCE = "icd10cm-poa-exempt"
MISSING = ("the list of codes exempt from present on admission", "import_release icd10cm-poa-exempt FILE")
EXTERNAL = tuple("VWXY")
MANIFESTATION = "in diseases classified elsewhere"


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
    first = subject.found.windows[0]
    if first["start_known"] and edition.ends_on and first["effective_on"] > edition.ends_on:
        return {
            "short": "newer than the list",
            "sentence": "The code is newer than this list.",
            "edition": edition.label,
        }
    sentence = "Reported: an inpatient claim says Y, N, U or W with it (present on admission or not)."
    return {"short": "reported", "sentence": sentence, "edition": edition.label}


def first_listed(subject):
    """(what, sentence) for each rule that keeps the diagnosis from standing first."""
    if subject.code.startswith(EXTERNAL):
        yield (
            "External cause",
            "Never the principal or first-listed diagnosis (Official Guidelines, section I.C.20.a.6).",
        )
    if MANIFESTATION in subject.window["long"].lower():
        yield (
            "Manifestation",
            "Never first: the underlying disease is coded before it (Official Guidelines, section I.A.13).",
        )
