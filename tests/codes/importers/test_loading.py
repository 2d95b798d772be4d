"""Editions of a drawn code set: what a load adds, changes and ends, in whatever order they come."""

from datetime import date
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from codes.importers.loading import Refused
from codes.models import Code, Descriptor, Note, Release, Term

pytestmark = pytest.mark.django_db


def starts(*codes):
    """Whether each window's first day is known, by code and day."""
    rows = Descriptor.objects.filter(code__code__in=codes).order_by("code__code", "effective_on")
    return list(rows.values_list("start_known", flat=True))


def in_force(day):
    """The codes in force on a day."""
    return list(
        Code.objects.in_force(date.fromisoformat(day)).order_by("code").values_list("code", flat=True)
    )


def test_the_first_edition_adds_every_code(load):
    assert str(load("2025")).startswith("drawn 2025: 3 rows, 3 added, 0 changed, 0 ended, ")


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


def test_the_counts_stand_on_the_release(load):
    load("2024")
    load("2025")
    release = Release.objects.get(edition="2025")
    assert (release.row_count, release.added, release.changed, release.ended) == (3, 1, 1, 1)


def test_an_unchanged_row_keeps_its_window_and_its_key(load, windows):
    load("2024")
    key = Descriptor.objects.get(code__code="A00").pk
    load("2025")
    assert windows("A00") == [("2023-10-01", "", "Cholera")]
    assert Descriptor.objects.get(code__code="A00").pk == key


def test_a_reworded_code_has_a_window_for_each_wording(load, windows):
    load("2024")
    load("2025")
    assert windows("A01") == [("2023-10-01", "2024-09-30", "Typhoid"), ("2024-10-01", "", "Typhoid fever")]


def test_a_code_that_is_gone_ends_the_day_before_the_new_edition(load, windows):
    load("2024")
    load("2025")
    assert windows("A03") == [("2023-10-01", "2024-09-30", "Shigellosis")]


def test_a_code_that_comes_back_has_two_windows(load, windows):
    load("2024")
    load("2025")
    load("2026", {"A00": "Cholera", "A03": "Shigellosis"})
    assert windows("A03") == [("2023-10-01", "2024-09-30", "Shigellosis"), ("2025-10-01", "", "Shigellosis")]


def test_codes_are_in_force_in_their_windows(load):
    load("2024")
    load("2025")
    assert in_force("2023-09-30") == []
    assert in_force("2024-09-30") == ["A00", "A01", "A03"]
    assert in_force("2024-10-01") == ["A00", "A01", "A02"]


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


def test_a_start_is_not_known_where_the_edition_before_is_missing(load):
    load("2024")
    load("2026")
    assert starts("A00", "A02", "A03") == [False, False, False]


def test_a_start_becomes_known_when_the_edition_before_comes(load):
    load("2026")
    assert starts("A02") == [False]
    load("2025", {"A00": "Cholera", "A01": "Typhoid"})
    assert starts("A00", "A01", "A02") == [False, False, True]


def test_a_note_that_changes_has_a_window_for_each_text(load, windows):
    load("2024")
    load("2025", notes={"A00": "Use A09"})
    assert windows("A00", Note, "text") == [
        ("2023-10-01", "2024-09-30", "See A00"),
        ("2024-10-01", "", "Use A09"),
    ]


def test_an_edition_between_two_others_cuts_a_row_in_two(load, windows):
    load("2024", {"A00": "Cholera"})
    load("2026", {"A00": "Cholera"})
    load("2025", {"A00": "Cholera, other words"})
    assert windows("A00") == [
        ("2023-10-01", "2024-09-30", "Cholera"),
        ("2024-10-01", "2025-09-30", "Cholera, other words"),
        ("2025-10-01", "", "Cholera"),
    ]


def test_another_file_of_the_same_edition_replaces_it(load, windows):
    load("2025")
    outcome = load("2025", {"A00": "Cholera", "A01": "Typhoid"})
    assert str(outcome).startswith("drawn 2025: 2 rows, 0 added, 1 changed, 1 ended, ")
    assert windows("A01") == [("2024-10-01", "", "Typhoid")]
    assert windows("A02") == []
    assert list(Release.objects.order_by("pk").values_list("state", flat=True)) == ["replaced", "current"]
    assert set(Descriptor.objects.values_list("release", flat=True)) == {outcome.release.pk}


def test_a_corrected_edition_joins_what_the_wrong_one_cut(load, windows):
    for name in ("2024", "2025", "2026"):
        load(name)
    load("2025", {"A00": "Cholera", "A01": "Typhoid", "A02": "Salmonella"})
    assert windows("A01") == [("2023-10-01", "", "Typhoid")]


@pytest.mark.parametrize("names", [("2024", "2025"), ("2025", "2024")])
def test_a_short_descriptor_stays_with_words_that_another_file_repeats(load, names):
    short = {"2024": {"A00": "Chol", "A01": "Typh"}}
    for name in names:
        load(name, short=short.get(name))
    rows = Descriptor.objects.filter(code__code__in=["A00", "A01"]).order_by("code__code", "effective_on")
    assert list(rows.values_list("short", flat=True)) == ["Chol", "Typh", ""]


def test_two_files_of_one_day_complete_each_other(load, windows):
    load("2025")
    outcome = load("2025", short={"A00": "Chol"}, source="drawn-order")
    assert (outcome.release.changed, outcome.release.ended) == (0, 0)
    assert windows("A00", words="short") == [("2024-10-01", "", "Chol")]


def test_a_file_out_of_range_changes_nothing(load):
    load("2024")
    with pytest.raises(Refused, match=r"^2025.txt has 0 codes; between 1 and 5 were expected"):
        load("2025", {})
    assert list(Release.objects.values_list("edition", flat=True)) == ["2024"]
    assert in_force("2025-01-01") == ["A00", "A01", "A03"]


def test_an_edition_of_other_dates_is_loaded_anew(load):
    load("2025")
    assert load("2025", ends_on=date(2025, 12, 31)).is_new


def test_a_codes_own_place_comes_from_the_newest_edition(load, order):
    load("2026", {"A02": "Salmonella", "A00": "Cholera"})
    load("2025", {"A00": "Cholera", "A01": "Typhoid", "A02": "Salmonella"})
    assert order() == ["A02", "A00", "A01"]


def test_windows_of_a_code_cannot_overlap(load):
    load("2025")
    row = Descriptor.objects.get(code__code="A00")
    row.pk, row.effective_on = None, date(2026, 1, 1)
    with pytest.raises(IntegrityError, match="descriptor_windows_apart"), transaction.atomic():
        row.save()


def test_windows_of_a_code_may_adjoin(load):
    load("2025")
    Descriptor.objects.filter(code__code="A00").update(terminated_on=date(2025, 12, 31))
    row = Descriptor.objects.get(code__code="A00")
    row.pk, row.effective_on, row.terminated_on = None, date(2026, 1, 1), None
    row.save()
    assert Descriptor.objects.filter(code__code="A00").count() == 2


def test_a_window_cannot_end_before_it_begins(load):
    load("2025")
    with pytest.raises(IntegrityError, match="descriptor_ends_after_start"), transaction.atomic():
        Descriptor.objects.filter(code__code="A00").update(terminated_on=date(2024, 9, 30))
