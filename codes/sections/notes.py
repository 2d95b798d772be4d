"""Notes of the tabular list as lines with links, by kind and by the code where they stand."""

from itertools import groupby

from codes.names import address
from codes.note_text import parts
from codes.spelling import dotted

KIND_LABELS = {
    "includes": "Includes",
    "inclusion_term": "Inclusion terms",
    "excludes1": "Excludes1",
    "excludes2": "Excludes2",
    "code_first": "Code first",
    "use_additional": "Use additional",
    "code_also": "Code also",
    "note": "Note",
    "seventh_character": "7th character",
}
SAID = [("the same as its own note", "#official-description")]


def from_above(subject):
    """Each code above that has notes, the nearest first, with its notes by kind."""
    titles = {row["code"]: row for row in subject.around.above}
    lines = {code: list(rows) for code, rows in groupby(subject.around.notes, key=lambda note: note["code"])}
    own = {(note["kind"], note["text"]) for note in lines.get(subject.code, [])}
    for owner in reversed(subject.found.path):
        if owner in lines and owner in titles:
            yield {
                "display": dotted(subject.code_set, owner),
                "address": address(subject.code_set, dotted(subject.code_set, owner)),
                "title": titles[owner]["title"],
                "label": titles[owner]["label"],
                "kinds": list(by_kind(lines[owner], subject.around.known, own)),
                "excludes1": sum(note["kind"] == "excludes1" for note in lines[owner]),
            }


def by_kind(notes, known, said=frozenset()):
    """Runs of notes of one kind, in tabular order, with the codes inside linked.

    A note that is among those `said` already, as (kind, text), points there instead of standing twice.
    """
    for kind, rows in groupby(notes, key=lambda note: note["kind"]):
        yield {
            "kind": kind,
            "label": KIND_LABELS[kind],
            "lines": [
                SAID if (kind, row["text"]) in said else list(linked(row["text"], known)) for row in rows
            ],
        }


def linked(text, known):
    """Pairs of text and address: a code or range that is loaded has one, all other text an empty one."""
    for part in parts(text):
        whole = part.first if part.first == part.last else f"{part.first}-{part.last}"
        target = (
            next((code for code in (whole, part.first) if ("icd-10-cm", code) in known), "")
            if part.first
            else ""
        )
        yield part.text, address("icd-10-cm", dotted("icd-10-cm", target)) if target else ""
