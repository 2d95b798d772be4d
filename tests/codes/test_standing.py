"""How a code stands on a day, without a database."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from codes.editions import Edition, Editions
from codes.models.page import FoundCode
from codes.standing import standing

TODAY = date(2026, 11, 24)
EDITION = Edition(1, "icd10cm-order", "icd-10-cm", "FY2025", date(2024, 10, 1), date(2026, 9, 30), False, "")


def window(starts, ends=None, billable=True, start_known=False, is_addon=None):
    return {
        "effective_on": starts,
        "terminated_on": ends,
        "billable": billable,
        "start_known": start_known,
        "is_addon": is_addon,
        "long": "Words",
    }


def found(*windows):
    code = SimpleNamespace(slug="icd-10-cm", windows=list(windows))
    code.window = lambda day: FoundCode.window(code, day)
    return code


def stand(code, dos=None, editions=(EDITION,)):
    return standing(code, Editions(editions, dos, TODAY))


def test_a_code_in_force_is_billable():
    assert stand(found(window(date(2024, 10, 1)))).sentence == "Billable"


def test_an_ms_drg_in_force_is_assigned_by_the_grouper():
    group = found(window(date(2024, 10, 1)))
    group.slug = "ms-drg"
    own = replace(EDITION, code_set="ms-drg")
    assert stand(group, editions=[own]).sentence == "Assigned by the grouper"


def test_in_force_since_is_said_only_where_a_file_gives_the_day():
    known = found(window(date(2025, 10, 1), start_known=True))
    assert stand(known).sentence == "Billable · in force since 2025-10-01"


def test_a_header_says_to_choose_below():
    assert stand(found(window(date(2024, 10, 1), billable=False))).sentence == "Not billable: choose below"


def test_a_code_that_became_a_header_says_since_when():
    code = found(window(date(2024, 10, 1), date(2025, 9, 30)), window(date(2025, 10, 1), billable=False))
    assert stand(code).sentence == "Not billable since 2025-10-01: choose below"


def test_an_ended_code_says_its_last_day():
    code = found(window(date(2024, 10, 1), date(2025, 9, 30)))
    assert (stand(code).kind, stand(code).sentence) == (
        "ended",
        "Ended 2025-09-30: not valid for services after that day.",
    )


def test_a_code_that_begins_later_says_when():
    code = found(window(date(2025, 10, 1)))
    assert stand(code, date(2025, 1, 1)).sentence == "Not in force on 2025-01-01: it begins on 2025-10-01."


def test_a_day_outside_every_edition_has_no_window_to_show():
    code = found(window(date(2024, 10, 1)))
    assert stand(code, date(2023, 1, 1)).window is None


def test_without_an_edition_nothing_is_claimed():
    assert (
        stand(found(window(date(2024, 10, 1))), editions=()).sentence
        == "No edition of this code set is loaded."
    )


def test_an_add_on_code_is_called_so():
    assert "Add-on code" in stand(found(window(date(2024, 10, 1), is_addon=True))).sentence
