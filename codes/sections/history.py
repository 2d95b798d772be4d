"""History and compliance: what changed from edition to edition."""

from codes.editions import Editions
from codes.names import use
from codes.sections.base import Face, Filled, Section

FACE = Face("History and compliance", "What changed by edition; what to document.", 7)


class History(Section):
    """The windows of a code's descriptors, each with the edition that gave it."""

    key = "history"
    template = "codes/sections/_history.html"
    faces = {"cpt": FACE, "hcpcs": FACE, "icd-10-cm": FACE, "icd-10-pcs": FACE, "ms-drg": FACE}

    def answer(self, subject):
        """One row a window, the latest first; no query of its own."""
        editions = subject.editions.of_code_set(subject.code_set)
        by_pk = {edition.pk: edition for edition in subject.editions.all}
        rows = [row(window, by_pk, subject.found) for window in reversed(subject.found.windows)]
        return Filled(
            {
                "rows": rows,
                "use": use(subject.code_set),
                "span": Editions.span(editions),
                "start_known": subject.found.windows[0]["start_known"],
            },
            value=f"{len(editions)} edition{'' if len(editions) == 1 else 's'}",
            edition=editions[0].label if editions else "",
        )


def row(window, by_pk, found):
    """A window as the table prints it; the start is left open where no file gives it.

    Licensed words stay in the official description: here such a code shows our own short name, or none.
    """
    edition = by_pk.get(window["release_id"])
    free = window["long"] if found.is_public_domain else ""
    return {
        "from": window["effective_on"] if window["start_known"] else None,
        "to": window["terminated_on"],
        "title": window["short"] if edition and edition.is_demonstration else free,
        "billable": window["billable"],
        "edition": edition.label if edition else "",
    }


SECTION = History()
