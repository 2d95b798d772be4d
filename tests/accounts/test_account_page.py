"""The reader's own page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import panels, quota
from accounts.models import PageView, Visitor

pytestmark = pytest.mark.django_db


def page(client, address="/account/"):
    return client.get(address).content.decode()


def test_a_guest_is_sent_to_the_log_in(guest):
    assert guest.get("/account/").url == "/accounts/login/?next=/account/"


def test_it_says_what_is_left(reader_client, opened):
    opened(2)
    text = page(reader_client)
    assert '<p id="page-views" data-remaining="4">4 code page views remaining this month.</p>' in text


def test_it_says_when_the_count_starts_afresh(reader_client):
    reset = quota.resets_on(timezone.localdate())
    assert f"counted afresh from <time>{reset}</time>" in page(reader_client)


def test_views_for_life_have_no_reset(reader_client, settings):
    settings.CODE_PAGE_VIEW_PERIOD = "lifetime"
    assert "counted afresh" not in page(reader_client)


def test_a_reader_at_0_sees_the_reset_and_the_form_to_ask_for_more(reader_client, opened):
    opened(6)
    text = page(reader_client)
    assert "Your views reset on" in text
    assert 'action="/account/ask/"' in text


def test_what_was_opened_leads_to_the_code_pages(reader_client, opened):
    visitor = opened(0)
    PageView.objects.create(visitor=visitor, period="2026-11", code_set="icd-10-cm", code="E119")
    assert '<a class="code" href="/icd-10-cm/E11.9/">E11.9</a>' in page(reader_client)


@pytest.mark.parametrize(
    ("code_set", "code", "address"),
    [
        ("icd-10-cm", "S72001", "/icd-10-cm/S72.001/"),
        ("icd-10-cm", "T1490X", "/icd-10-cm/T14.90/"),
        ("icd-10-cm", "S429XX", "/icd-10-cm/S42.9/"),
        ("icd-10-pcs", "0SR90JX", "/icd-10-pcs/0SR90JX/"),
        ("hcpcs", "A4253X", "/hcpcs/A4253X/"),
    ],
)
def test_a_counted_stem_leads_to_a_page_that_is_there(reader_client, opened, code_set, code, address):
    PageView.objects.create(visitor=opened(0), period="2026-11", code_set=code_set, code=code)
    assert f'href="{address}"' in page(reader_client)


def test_pages_of_earlier_periods_stand_apart(reader_client, opened):
    visitor = opened(1)
    PageView.objects.create(
        visitor=visitor,
        period="2020-01",
        code_set="cpt",
        code="20703",
        opened_at=timezone.now() - timedelta(days=2000),
    )
    text = page(reader_client)
    assert text.index("Counted now") < text.index("A00") < text.index("Earlier:") < text.index("20703")


def test_the_pages_of_others_are_not_shown(reader_client):
    PageView.objects.create(visitor=Visitor.objects.create(), period="2026-11", code_set="cpt", code="20703")
    assert "20703" not in page(reader_client)


def test_a_long_list_stays_under_60_kilobytes(reader_client, reader, opened):
    opened(500)
    Visitor.objects.filter(user=reader).update(is_unlimited=True)
    assert len(page(reader_client)) < 60_000


def test_an_unlimited_reader_is_not_offered_to_ask(reader_client, reader):
    Visitor.objects.create(user=reader, is_unlimited=True)
    text = page(reader_client)
    assert "Unlimited code page views." in text
    assert "Ask for more" not in text


def test_an_allowance_of_ones_own_is_shown(reader_client, reader):
    Visitor.objects.create(user=reader, allowance=40)
    assert "This account opens 40 code pages" in page(reader_client)


def test_it_costs_at_most_five_queries(reader_client, opened):
    opened(3)
    with CaptureQueriesContext(connection) as asked:
        page(reader_client)
    assert len(asked) <= 5, [query["sql"] for query in asked]


def test_it_is_kept_out_of_caches_and_search_engines(reader_client):
    response = reader_client.get("/account/")
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


# Confirming the address


def test_without_mail_nobody_is_asked_to_confirm(reader_client):
    assert "Send the mail again" not in page(reader_client)


def test_with_mail_an_unconfirmed_reader_can_have_the_mail_again(reader_client, with_mail, mailoutbox):
    text = page(reader_client)
    assert "5 more page views come with the confirmed address" in text
    reader_client.post("/accounts/email/", {"email": "reader@example.org", "action_send": ""})
    assert mailoutbox[0].to == ["reader@example.org"]


def test_with_mail_a_confirmed_reader_is_not_asked(with_mail, confirmed, reader_client):
    assert "Send the mail again" not in page(reader_client)


# Asking for more


def test_a_request_stands_in_the_readers_row(reader_client, reader):
    assert reader_client.post("/account/ask/", {"words": "For my class"}).url == "/account/"
    visitor = Visitor.objects.get(user=reader)
    assert (visitor.asked_for, visitor.asked_on) == ("For my class", timezone.localdate())


def test_a_request_needs_no_words(reader_client, reader):
    reader_client.post("/account/ask/", {})
    assert Visitor.objects.get(user=reader).asked_on


def test_the_page_says_when_one_asked(reader_client):
    reader_client.post("/account/ask/", {"words": ""})
    text = page(reader_client)
    assert f"You asked for more page views on <time>{timezone.localdate()}</time>" in text
    assert "<textarea" not in text


def test_asking_again_replaces_the_words(reader_client, reader):
    for words in ("first", "second"):
        reader_client.post("/account/ask/", {"words": words})
    assert Visitor.objects.get(user=reader).asked_for == "second"


def test_too_many_words_are_refused_at_the_field(reader_client):
    text = reader_client.post("/account/ask/", {"words": "a" * 1001}).content.decode()
    assert 'aria-invalid="true"' in text
    assert not Visitor.objects.exists()


def test_a_guest_cannot_ask(guest):
    guest.post("/account/ask/", {"words": "more"})
    assert not Visitor.objects.exists()


# What other apps add


def test_an_app_adds_its_part(reader_client, monkeypatch):
    panel = panels.Panel(
        name="questions", template="accounts/_going.html", context=lambda user: {"going": [user.email]}
    )
    monkeypatch.setattr(panels, "PANELS", [panel])
    assert "the account itself" in page(reader_client)
