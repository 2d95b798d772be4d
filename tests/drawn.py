"""Draws code sets small: releases, codes in a hierarchy, notes and lay descriptions, for tests of every app."""

from datetime import date

from codes.models import (
    Code,
    CodeSet,
    Descriptor,
    Guidance,
    LayDescription,
    Note,
    NoteReference,
    Release,
    Term,
)
from codes.models.editing import SHOWN
from codes.note_text import parts
from codes.spelling import normal

APRIL_2026 = date(2026, 4, 1)
SEPTEMBER_2026 = date(2026, 9, 30)
SOURCES = {
    "icd-10-cm": "icd10cm-tabular",
    "icd-10-pcs": "icd10pcs-order",
    "cpt": "cpt-demonstration",
    "hcpcs": "hcpcs-demonstration",
    "ms-drg": "ms-drg",
}


def release(code_set, edition="FY2026, April 2026 update", starts=APRIL_2026, ends=SEPTEMBER_2026, **fields):
    """A loaded edition of a code set."""
    return Release.objects.create(
        code_set=CodeSet.objects.known(code_set),
        source=fields.pop("source", SOURCES[code_set]),
        edition=edition,
        effective_on=starts,
        ends_on=ends,
        source_file="drawn",
        sha256=f"{code_set} {edition}"[:64],
        state=Release.State.CURRENT,
        **{"notice": f"Notice of {edition}.", **fields},
    )


def code(release, spelling, title, above=None, **fields):
    """A code of a release with its descriptor; fields of the descriptor, and `kind`, `position`, `label`."""
    stored = normal(spelling)
    made = Code.objects.create(
        code_set=release.code_set,
        code=stored,
        kind=fields.pop("kind", "range" if "-" in stored else "code"),
        parent=above,
        path=[*above.path, above.code] if above else [],
        position=fields.pop("position", Code.objects.count()),
        label=fields.pop("label", ""),
    )
    descriptor(made, release, title, **fields)
    return made


def descriptor(code, release, title, **fields):
    """What a code said from one day to another."""
    window = {"effective_on": release.effective_on, "terminated_on": None}
    is_range = code.kind == "range"
    given = {"billable": not is_range, "long": title, "short": title[:80], **window, **fields}
    Term.objects.create(
        code=code, release=release, source="title", text=title, **{name: given[name] for name in window}
    )
    return Descriptor.objects.create(code=code, release=release, **given)


def note(code, release, kind, text, **fields):
    """A line of a note, with the codes that it names."""
    made = Note.objects.create(
        code=code,
        release=release,
        kind=kind,
        position=code.notes.count(),
        text=text,
        effective_on=release.effective_on,
        **fields,
    )
    for part in parts(text):
        if part.first:
            NoteReference.objects.create(
                note=made, first=part.first, last=part.last, is_qualified=part.is_qualified
            )
    if kind == "inclusion_term":
        Term.objects.create(
            code=code, release=release, source="inclusion", text=text, effective_on=release.effective_on
        )
    return made


def lay(code, body, **fields):
    """A published lay description."""
    given = {
        "author_role": "Medical editor, Coding Ahead",
        "sources": "Official Guidelines, section I.A.15",
        "drafted_on": date(2026, 11, 1),
        "is_seed": True,
        "state": LayDescription.State.PUBLISHED,
        "body": body,
    } | fields
    shown = {f"published_{name}": given[name] for name in SHOWN}
    return LayDescription.objects.create(code=code, **shown | given)


def guidance(code_set, span, body, **fields):
    """A text of ours as it comes with the site, for a code, a range, or with an empty span a whole code set."""
    first, _, last = span.partition("-")
    given = {"kind": "guideline", "title": "A drawn title", "author_role": "Medical editor", "is_seed": True}
    made = Guidance(
        code_set=CodeSet.objects.known(code_set),
        first=normal(first),
        last=normal(last or first),
        body=body,
        **given | fields,
    )
    made.show(date(2026, 11, 24))
    made.save()
    return made
