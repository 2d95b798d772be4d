"""The first page: one search box, the code sets, the products that work."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes.models import Release
from codes.presenters.home import code_set_lines
from tests import drawn

pytestmark = pytest.mark.django_db


def line(slug, today=date(2026, 5, 1)):
    """The line of one code set."""
    return next(each for each in code_set_lines(today) if each["address"] == f"/{slug}/")


def test_there_is_one_search_box(guest):
    page = guest.get("/").content.decode()
    assert page.count('role="search"') == page.count('name="q"') == 1


def test_every_code_set_is_named_in_the_sites_order(db):
    assert [each["name"] for each in code_set_lines(date(2026, 5, 1))] == [
        "ICD-10-CM",
        "ICD-10-PCS",
        "CPT®",
        "HCPCS Level II",
        "MS-DRG",
    ]


def test_a_code_set_without_data_says_not_loaded(db):
    assert line("hcpcs")["edition"] == "not loaded" and line("hcpcs")["count"] == ""


def test_codes_and_headers_are_counted_but_no_ranges(diabetes):
    assert line("icd-10-cm")["count"] == "4"


def test_billable_codes_are_counted_apart(diabetes):
    assert line("icd-10-cm")["billable"] == "3 billable"


def test_a_code_set_of_billable_codes_only_says_so(carriers):
    assert line("cpt")["billable"] == "all billable"


def test_groups_are_never_called_billable(db):
    drawn.code(drawn.release("ms-drg", "v43"), "637", "Diabetes with MCC")
    assert line("ms-drg")["billable"] == ""


def test_a_code_that_has_ended_is_not_counted(diabetes):
    diabetes.e11a.descriptors.update(terminated_on=date(2026, 6, 30))
    assert line("icd-10-cm")["count"] == "3"


def test_the_edition_is_named(diabetes):
    assert line("icd-10-cm")["edition"] == "FY2026, April 2026 update"


def test_an_edition_that_has_ended_says_when(diabetes):
    later = line("icd-10-cm", date(2026, 11, 24))
    assert later["until"] == "ended 2026-09-30" and later["has_ended"]


def test_an_edition_in_force_says_until_when(diabetes):
    now = line("icd-10-cm", date(2026, 9, 30))
    assert now["until"] == "until 2026-09-30" and not now["has_ended"]


def test_an_open_edition_has_no_last_day(carriers):
    assert line("cpt")["until"] == ""


def test_a_demonstration_is_called_one(carriers):
    assert line("cpt")["edition"] == "demonstration, own words"


def test_the_latest_edition_is_shown(diabetes):
    drawn.release("icd-10-cm", "FY2026", date(2025, 10, 1), date(2026, 3, 31))
    assert line("icd-10-cm")["edition"] == "FY2026, April 2026 update"


def test_a_replaced_release_is_not_shown(diabetes):
    Release.objects.update(state="replaced")
    assert line("icd-10-cm")["edition"] == "not loaded"


def test_it_takes_five_queries_at_most(guest, diabetes, carriers):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        guest.get("/")
    assert len(queries) <= 5


def test_a_reader_causes_five_queries_at_most(reader_client, diabetes, carriers):
    with CaptureQueriesContext(connection) as queries:
        reader_client.get("/")
    assert len(queries) <= 5


def test_a_guest_is_told_what_is_left_before_any_click(guest):
    page = guest.get("/").content.decode()
    assert "1 code page view remaining. Guest accounts are limited to 1 page view." in page


def test_only_products_that_work_are_named(guest):
    page = guest.get("/").content.decode()
    assert "Case2Code" in page
    assert not any(name in page for name in ("CasePilot", "CaseConsultant", "CareerCenter"))


def test_a_guest_can_log_in_and_register(guest):
    page = guest.get("/").content.decode()
    assert 'href="/accounts/login/"' in page and 'href="/accounts/signup/"' in page


def test_a_reader_sees_a_shortened_address(reader_client):
    page = reader_client.get("/").content.decode()
    assert "reader@…" in page and "reader@example.org" not in page
