"""History and compliance: what changed from edition to edition, and what the record must show."""

from itertools import pairwise

from codes.editions import Editions
from codes.models.release_changes import changes_of
from codes.names import use
from codes.sections.base import Face, Filled, Section
from codes.sections.own_guidance import CHECKLIST, own
from codes.word_diff import word_diff

FACE = Face("History and compliance", "What changed by edition; what to document.", 7)


class History(Section):
    """The windows of a code's descriptors, each with the edition that gave it, and our documentation checklists."""

    key = "history"
    template = "codes/sections/_history.html"
    faces = {"cpt": FACE, "hcpcs": FACE, "icd-10-cm": FACE, "icd-10-pcs": FACE, "ms-drg": FACE}

    def answer(self, subject):
        """One row a window, the latest first, and what else releases changed: one query."""
        editions = subject.editions.of_code_set(subject.code_set)
        by_pk = {edition.pk: edition for edition in subject.editions.all}
        rows = [
            row(window, before, by_pk, subject.found)
            for before, window in reversed(list(pairwise([None, *subject.found.windows])))
        ]
        return Filled(
            {
                "rows": rows,
                "use": use(subject.code_set),
                "span": Editions.span(editions),
                "facts": changed_facts(subject),
                "start_known": subject.found.windows[0]["start_known"],
                "own": own(subject, CHECKLIST),
            },
            value=f"{len(editions)} edition{'' if len(editions) == 1 else 's'}",
            edition=editions[0].label if editions else "",
        )


def row(window, before, by_pk, found):
    """A window as the table prints it; the start is left open where no file gives it.

    Licensed words stay in the official description: here such a code shows our own short name, or none.
    """
    edition = by_pk.get(window["release_id"])
    title = wording(window, by_pk, found)
    earlier = wording(before, by_pk, found) if before else title
    return {
        "from": window["effective_on"] if window["start_known"] else None,
        "to": window["terminated_on"],
        "title": title,
        "words": word_diff(earlier, title),
        "change": change(window, before),
        "billable": window["billable"],
        "edition": edition.label if edition else "",
    }


def wording(window, by_pk, found):
    """What a window says, as far as it may be shown here."""
    edition = by_pk.get(window["release_id"])
    if edition and edition.is_demonstration:
        return window["short"]
    return window["long"] if found.is_public_domain else ""


def change(window, before):
    """What the edition did to the code: `added`, `reworded`, `now billable`, `now a header`; empty where unknown."""
    if before is None:
        return "added" if window["start_known"] else ""
    if before["billable"] != window["billable"]:
        return "now billable" if window["billable"] else "now a header"
    if before["long"] != window["long"]:
        return "reworded"
    return "again in force" if before["terminated_on"] and gap(before, window) else "changed"


def gap(before, window):
    """Whether a day lies between two windows."""
    return (window["effective_on"] - before["terminated_on"]).days > 1


def changed_facts(subject):
    """What releases changed about the code beside its words, the latest first: one query."""
    return [
        {"edition": edition, "on": on, "what": what, "change": how, "words": word_diff(before, after)}
        for edition, on, what, how, before, after in changes_of(subject.code, subject.code_set)
    ]


SECTION = History()
