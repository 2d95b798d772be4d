"""Editions of a drawn code set: what a load adds, changes and ends, in whatever order they come."""

from itertools import permutations

import pytest

from codes.models import Descriptor, Note, Release, Term

pytestmark = pytest.mark.django_db


def test_the_first_edition_adds_every_code(load):
    outcome = load("2025")
    assert str(outcome).startswith("drawn 2025: 3 rows, 3 added, 0 changed, 0 ended, ")


def test_the_same_file_again_changes_nothing(load):
    load("2025")
    changed_at = Release.objects.get().changed_at
    outcome = load("2025")
    assert not outcome.is_new
    assert str(outcome).startswith("drawn 2025: 3 rows, 0 added, 0 changed, 0 ended, ")
    assert Release.objects.get().changed_at == changed_at


def test_a_second_edition_counts_what_it_changed(load):
    load("2024")
    assert str(load("2025")).startswith("drawn 2025: 3 rows, 1 added, 1 changed, 1 ended, ")


def test_an_unchanged_row_keeps_its_window(load, windows):
    load("2024")
    load("2025")
    assert windows("A00") == [("2023-10-01", "", "Cholera")]


def test_a_reworded_code_has_a_window_for_each_wording(load, windows):
    load("2024")
    load("2025")
    assert windows("A01") == [("2023-10-01", "2024-09-30", "Typhoid"), ("2024-10-01", "", "Typhoid fever")]


def test_a_code_that_is_gone_ends_the_day_before_the_new_edition(load, windows):
    load("2024")
    load("2025")
    assert windows("A03") == [("2023-10-01", "2024-09-30", "Shigellosis")]


@pytest.mark.parametrize("names", list(permutations(["2024", "2025", "2026"])))
def test_the_order_of_loading_makes_no_difference(load, names, windows, order):
    for name in names:
        load(name)
    words = {"A00": "Cholera", "A02": "Salmonella", "A03": "Shigellosis"}
    expected = {"A00": ("2023-10-01", ""), "A02": ("2024-10-01", ""), "A03": ("2023-10-01", "2024-09-30")}
    typhoid = [
        ("2023-10-01", "2024-09-30", "Typhoid"),
        ("2024-10-01", "2025-09-30", "Typhoid fever"),
        ("2025-10-01", "", "Typhoid"),
    ]
    for code, window in expected.items():
        assert windows(code) == [(*window, words[code])]
        assert windows(code, Term, "text", source="title") == [(*window, words[code])]
        assert windows(code, Note, "text") == [(*window, f"See {code}")]
    assert windows("A01") == windows("A01", Term, "text", source="title") == typhoid
    assert order() == ["A00", "A01", "A03", "A02"]
    assert starts("A00", "A01", "A02", "A03") == [False, False, True, True, True, False]


def starts(*codes):
    """Whether each window's first day is known, by code and day."""
    rows = Descriptor.objects.filter(code__code__in=codes).order_by("code__code", "effective_on")
    return list(rows.values_list("start_known", flat=True))
