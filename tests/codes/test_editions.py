"""Which edition answers for a day, without a database."""

from datetime import date

import pytest

from codes.editions import Edition, Editions
from codes.presenters.date_bar import date_bar

TODAY = date(2026, 11, 24)
OLD = Edition(1, "icd10cm-order", "icd-10-cm", "FY2025", date(2024, 10, 1), date(2025, 9, 30), False, "")
NEW = Edition(2, "icd10cm-tabular", "icd-10-cm", "April 2026", date(2026, 4, 1), date(2026, 9, 30), False, "")
OPEN = Edition(3, "cpt-demonstration", "cpt", "Demonstration", date(2021, 1, 1), None, True, "")


def editions(dos=None):
    return Editions([OLD, NEW, OPEN], dos, TODAY)


@pytest.mark.parametrize(
    ("dos", "answer"),
    [
        (None, NEW),
        (date(2026, 4, 1), NEW),
        (date(2026, 9, 30), NEW),
        (date(2025, 9, 30), OLD),
        (date(2025, 12, 1), None),
        (date(2026, 10, 1), None),
        (date(2020, 1, 1), None),
    ],
)
def test_the_edition_that_holds_the_day_answers(dos, answer):
    asked = editions(dos)
    assert asked.answer(asked.of_code_set("icd-10-cm")) == answer


def test_without_a_day_an_ended_edition_is_asked_for_its_last_day():
    asked = editions()
    assert asked.day(asked.of_code_set("icd-10-cm")) == date(2026, 9, 30)


def test_without_a_day_an_open_edition_is_asked_for_today():
    asked = editions()
    assert asked.day(asked.of_code_set("cpt")) == TODAY


def test_the_span_runs_from_the_first_to_the_last_day():
    asked = editions()
    assert asked.span(asked.of_code_set("icd-10-cm")) == "from 2024-10-01 to 2026-09-30"


def test_an_open_edition_leaves_the_span_open():
    asked = editions()
    assert asked.span(asked.of_code_set("cpt")) == "from 2021-01-01"


FIRST = Edition(4, "hcpcs", "hcpcs", "2019", date(2019, 1, 1), date(2019, 3, 31), False, "")
SECOND = Edition(5, "hcpcs", "hcpcs", "2020", date(2020, 1, 1), date(2020, 3, 31), False, "")


@pytest.mark.parametrize(
    ("dos", "answer"),
    [
        (date(1995, 1, 1), FIRST),
        (date(2019, 2, 1), FIRST),
        (date(2019, 7, 1), SECOND),
        (date(2020, 2, 1), SECOND),
        (date(2020, 4, 1), None),
    ],
)
def test_an_edition_that_carries_its_history_answers_for_days_before_it(dos, answer):
    asked = Editions([FIRST, SECOND], dos, TODAY)
    assert asked.answer(asked.of_code_set("hcpcs")) == answer


def test_the_span_of_such_editions_has_no_first_day():
    asked = Editions([FIRST, SECOND], None, TODAY)
    assert asked.span(asked.of_code_set("hcpcs")) == "up to 2020-03-31"


def test_the_bar_warns_of_an_edition_that_has_ended():
    assert "It ended 2026-09-30" in date_bar(editions(), "icd-10-cm")["warning"]


def test_the_bar_does_not_warn_of_an_edition_asked_for_by_its_day():
    assert date_bar(editions(date(2026, 5, 1)), "icd-10-cm")["warning"] == ""


def test_the_bar_says_when_nothing_is_loaded():
    assert "Nothing is loaded" in date_bar(editions(), "hcpcs")["warning"]
