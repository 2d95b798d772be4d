"""What a code's publisher says, to stand beside our own text: the imported fields, read-only."""

from django.db.models import Field

from codes.models.codes import IMPORTED_FIELDS
from codes.spelling import dotted

LABELS = {
    "path": "Above it",
    "parent": "Directly above",
    "position": "Place in the order",
    "label": "Publisher’s name",
    "start_known": "First day is known",
    "billable": "Can be reported",
    "is_addon": "Add-on code",
}
TEXTS = ("long", "medium", "short")
DAYS = ("effective_on", "terminated_on", "release")


def official(code):
    """The code's place, its descriptors with the latest first, and its own notes."""
    windows = code.descriptors.select_related("release").order_by("-effective_on")
    return {
        "place": facts(code, IMPORTED_FIELDS["code"]),
        "windows": [window_of(descriptor) for descriptor in windows],
        "notes": code.notes.order_by("position"),
    }


def window_of(descriptor):
    """One descriptor: its longest text, the days it holds for, and all else that was imported."""
    text = next((getattr(descriptor, name) for name in TEXTS if getattr(descriptor, name)), "")
    others = [name for name in IMPORTED_FIELDS["descriptor"] if name not in ("code", *DAYS)]
    return {
        "text": text,
        "effective_on": descriptor.effective_on,
        "terminated_on": descriptor.terminated_on,
        "edition": descriptor.release.edition,
        "notice": descriptor.release.notice,
        "facts": [(label, value) for label, value in facts(descriptor, others) if value != text],
    }


def facts(row, names):
    """(label, value) of these fields, as far as they hold something."""
    pairs = ((label_of(row, name), value_of(row, name)) for name in names)
    return [(label, value) for label, value in pairs if value not in Field.empty_values]


def label_of(row, name):
    """What an editor calls a field."""
    return LABELS.get(name) or row._meta.get_field(name).verbose_name.capitalize()


def value_of(row, name):
    """A field's value in words."""
    value = getattr(row, name)
    if value is True or value is False:
        return "yes" if value else "no"
    if name == "code" and isinstance(value, str):
        return row.display
    if name == "path":
        return " › ".join(dotted(row.code_set.slug, each) for each in value)
    show = getattr(row, f"get_{name}_display", None)
    return show() if show else value
