"""A small code set in three drawn editions, loaded in any order."""

from datetime import date

import pytest

from codes.importers import loading
from codes.importers.merging import DESCRIPTORS, INCLUSION_TERMS, NOTES, TITLES
from codes.importers.placing import CodeRow
from codes.models import Code, Descriptor

# code → (title, inclusion term or note); ends_on None is an open edition
EDITIONS = {
    "2024": (
        date(2023, 10, 1),
        date(2024, 9, 30),
        {"A00": "Cholera", "A01": "Typhoid", "A03": "Shigellosis"},
    ),
    "2025": (
        date(2024, 10, 1),
        date(2025, 9, 30),
        {"A00": "Cholera", "A01": "Typhoid fever", "A02": "Salmonella"},
    ),
    "2026": (date(2025, 10, 1), date(2026, 9, 30), {"A00": "Cholera", "A01": "Typhoid", "A02": "Salmonella"}),
}


@pytest.fixture
def load(request, tmp_path):
    """Load one drawn edition: `load("2025")`, `load("2025", titles={…}, short={…})`; returns the outcome."""

    def load_one(name, titles=None, short=None, notes=None, **changes):
        effective_on, ends_on, drawn = EDITIONS[name]
        titles = drawn if titles is None else titles
        path = tmp_path / f"{name}.txt"
        path.write_text(repr((titles, short, notes, changes)))
        about = {"source": "drawn", "code_set": "icd-10-cm", "edition": name, "effective_on": effective_on}
        about |= {"ends_on": ends_on, "source_file": path.name, "files": (path,)} | changes
        return loading.load(
            loading.Edition(**about), lambda: titles, lambda this, rows: write(this, rows, short, notes)
        )

    load_one.loading = loading
    return load_one


def write(this, titles, short, notes):
    """Codes, descriptors, titles, and one note and one inclusion term for each code."""
    this.expect(len(titles), 1, 5, "codes")
    this.codes([CodeRow(code) for code in titles])
    rows = [(code, True, None, (short or {}).get(code, ""), "", title) for code, title in titles.items()]
    this.merge(DESCRIPTORS, rows, is_main=True)
    this.merge(TITLES, [(code, "title", title) for code, title in titles.items()])
    this.merge(INCLUSION_TERMS, [(code, "inclusion", f"{title} infection") for code, title in titles.items()])
    this.merge(NOTES, [(code, "note", 0, (notes or {}).get(code, f"See {code}")) for code in titles])


@pytest.fixture
def windows():
    """The windows of a model's rows for a code: `windows("A01")` is a list of (first, last, words)."""

    def list_windows(code, model=Descriptor, words="long", **narrow):
        rows = model.objects.filter(code__code=code, **narrow).order_by("effective_on")
        return [
            (str(a), str(b) if b else "", text)
            for a, b, text in rows.values_list("effective_on", "terminated_on", words)
        ]

    return list_windows


@pytest.fixture
def order():
    """The codes in the order of their positions."""
    return lambda: list(Code.objects.order_by("position", "code").values_list("code", flat=True))
