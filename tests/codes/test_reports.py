"""“Report an error on this page”."""

from datetime import date

import pytest
from django.test import Client

from codes.models import ErrorReport
from tests.codes import editors

pytestmark = pytest.mark.django_db
ADDRESS = "/report/cpt/20703/"


@pytest.fixture(autouse=True)
def code(settings):
    settings.RATE_LIMITS = False
    return editors.code()


def test_the_form_needs_no_account(client):
    assert b"What is wrong on this page?" in client.get(ADDRESS).content


def test_a_report_lands_with_page_edition_and_day(client, code):
    client.post(f"{ADDRESS}?dos=2025-03-14", {"text": "Cut off.", "date_of_service": "2025-03-14"})
    report = ErrorReport.objects.get()
    assert (report.code, report.text, report.edition, report.date_of_service, report.state) == (
        code,
        "Cut off.",
        "Demonstration",
        date(2025, 3, 14),
        "new",
    )


def test_the_day_of_the_page_is_carried_in_the_form(client):
    page = client.get(f"{ADDRESS}?dos=2025-03-14").content
    assert b'name="date_of_service" value="2025-03-14"' in page


def test_a_day_before_every_edition_names_none(client):
    client.post(ADDRESS, {"text": "Wrong.", "date_of_service": "2019-01-01"})
    assert ErrorReport.objects.get().edition == ""


def test_thanks_follow_a_report(client):
    response = client.post(ADDRESS, {"text": "Cut off."}, follow=True)
    assert b"Thank you" in response.content


@pytest.mark.parametrize("data", [{}, {"text": " "}, {"text": "x" * 1001}, {"text": "x", "email": "no"}])
def test_an_empty_or_wrong_report_is_refused_with_a_sentence(client, data):
    response = client.post(ADDRESS, data)
    assert (response.status_code, ErrorReport.objects.count()) == (400, 0)
    assert b'class="errors"' in response.content


@pytest.mark.parametrize("spelling", ["20703", "20703.", " 20703"])
def test_any_spelling_of_the_code_is_understood(client, spelling):
    assert client.get(f"/report/cpt/{spelling}/").status_code == 200


def test_a_day_that_is_none_answers_400(client):
    assert client.get(f"{ADDRESS}?dos=yesterday").status_code == 400


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "05/01/2026", "99999-12-31"])
def test_a_form_with_a_day_that_is_none_answers_400_with_a_sentence(client, day):
    response = client.post(ADDRESS, {"text": "Wrong.", "date_of_service": day})
    assert (response.status_code, ErrorReport.objects.count()) == (400, 0)
    assert b"must be a day written YYYY-MM-DD" in response.content


def test_a_code_that_is_not_there_answers_404(client):
    assert client.get("/report/cpt/99999/").status_code == 404


def test_the_page_asks_not_to_be_indexed(client):
    assert b'name="robots" content="noindex"' in client.get(ADDRESS).content


def test_reports_are_braked_for_each_network(settings):
    settings.RATE_LIMITS = True
    guest = Client(REMOTE_ADDR="192.0.2.77")
    answers = [guest.post(ADDRESS, {"text": "Again."}).status_code for _ in range(42)]
    assert answers[0] == 302
    assert answers[-1] == 429
