"""Log-in by password and by code, and getting back in."""

import re

import pytest
from django.test import Client

from accounts.models import PageView, Visitor

pytestmark = pytest.mark.django_db
LOG_IN, CODE, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"
PASSWORD, NEW_PASSWORD = "a-long-pass-phrase", "another-pass-phrase"


def log_in(client, password=PASSWORD, email="reader@example.org", **more):
    return client.post(LOG_IN, {"login": email, "password": password} | more)


def is_logged_in(client):
    return client.get("/account/").status_code == 200


def code_in(mailoutbox):
    return re.search(r"^([A-Z0-9-]{6,})$", mailoutbox[-1].body, re.MULTILINE)[1]


# By password


def test_the_address_is_taken_in_any_case(guest, reader):
    assert log_in(guest, email="READER@example.org").url == "/account/"


def test_a_wrong_password_is_refused_without_saying_what_was_wrong(guest, reader):
    page = log_in(guest, "wrong").content.decode()
    assert "No account has this address and this password." in page
    assert not is_logged_in(guest)


def test_what_was_opened_as_a_guest_joins_the_account(guest, reader, opened):
    opened(2)
    guest.get("/codes/B01/")
    log_in(guest)
    assert PageView.objects.filter(visitor__user=reader).count() == 3


def test_what_was_opened_by_both_counts_once(guest, reader, opened):
    opened(2)
    guest.get("/codes/A01/")
    log_in(guest)
    assert PageView.objects.count() == 2


def test_a_new_browser_has_no_view_left_after_the_log_out_where_the_account_has_none(guest, reader, opened):
    opened(6)
    log_in(guest)
    guest.post("/accounts/logout/")
    assert guest.get("/codes/B01/").content.endswith(b"wall")


def test_logging_in_again_makes_no_second_number(guest, reader):
    for _ in range(2):
        log_in(guest)
        guest.post("/accounts/logout/")
    assert Visitor.objects.filter(user=None).count() == 1


def test_logging_in_leads_back_to_the_page(guest, reader):
    assert log_in(guest, next="/codes/A01/").url == "/codes/A01/"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "///evil.example"])
def test_logging_in_never_leads_to_another_site(guest, reader, address):
    assert log_in(guest, next=address).url == "/account/"


def test_a_page_for_readers_sends_a_guest_to_the_log_in_and_back(guest, reader):
    page = guest.get("/account/", follow=True)
    assert 'name="next" value="/account/"' in page.content.decode()


def test_five_wrong_passwords_stop_the_sixth_try(guest, reader):
    for _ in range(5):
        log_in(guest, "wrong")
    assert "Too many attempts" in log_in(guest).content.decode()


def test_rate_limits_off_lifts_allauths_limits(guest, reader, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(6):
        log_in(guest, "wrong")
    assert log_in(guest).url == "/account/"


def test_too_many_requests_get_a_page_of_our_own(guest, reader):
    pages = [guest.post(LOG_IN, {}) for _ in range(31)]
    assert pages[-1].status_code == 429
    assert "Please try again in a few minutes." in pages[-1].content.decode()


def test_an_account_that_was_switched_off_is_told_so(guest, reader):
    reader.is_active = False
    reader.save()
    assert log_in(guest, follow=True).url == "/accounts/inactive/"
    assert "This account is closed" in guest.get("/accounts/inactive/").content.decode()


def test_with_mail_an_unconfirmed_reader_gets_the_mail_at_log_in(guest, reader, with_mail, mailoutbox):
    assert log_in(guest).url == "/accounts/confirm-email/"
    assert mailoutbox[0].subject == "Please confirm your e-mail address"


def test_an_operator_made_at_the_console_needs_no_mail(guest, operator, with_mail):
    assert log_in(guest, email=operator.email).url == "/account/"


def test_logging_out_asks_first_and_leads_home(reader_client):
    assert (
        "You are logged in as reader@example.org" in reader_client.get("/accounts/logout/").content.decode()
    )
    assert reader_client.post("/accounts/logout/").url == "/"


# By a mailed code


def test_a_mailed_code_logs_in(guest, reader, mailoutbox):
    assert guest.post(CODE, {"email": reader.email}).url == CONFIRM
    guest.post(CONFIRM, {"code": code_in(mailoutbox)})
    assert is_logged_in(guest)


def test_a_code_leads_back_to_the_page(guest, reader, mailoutbox):
    address = guest.post(CODE, {"email": reader.email, "next": "/codes/A01/"}).url
    assert guest.post(address, {"code": code_in(mailoutbox)}).url == "/codes/A01/"


def test_a_code_joins_what_was_opened_as_a_guest(guest, reader, mailoutbox):
    guest.get("/codes/A01/")
    guest.post(CODE, {"email": reader.email})
    guest.post(CONFIRM, {"code": code_in(mailoutbox)})
    assert PageView.objects.get().visitor.user == reader


def test_a_wrong_code_is_refused_at_the_field(guest, reader):
    guest.post(CODE, {"email": reader.email})
    page = guest.post(CONFIRM, {"code": "nonsense"}).content.decode()
    assert "That is not the code from the mail." in page
    assert 'aria-invalid="true"' in page


def test_three_wrong_codes_end_the_try(guest, reader, mailoutbox):
    guest.post(CODE, {"email": reader.email})
    for _ in range(3):
        guest.post(CONFIRM, {"code": "nonsense"})
    guest.post(CONFIRM, {"code": code_in(mailoutbox)})
    assert not is_logged_in(guest)


def test_a_code_works_in_the_browser_that_asked_only(guest, reader, mailoutbox):
    guest.post(CODE, {"email": reader.email})
    other = Client()
    other.post(CONFIRM, {"code": code_in(mailoutbox)})
    assert not is_logged_in(other)


def test_a_new_code_can_be_sent(guest, reader, mailoutbox):
    guest.post(CODE, {"email": reader.email})
    guest.post(CONFIRM, {"action": "resend"})
    assert [mail.subject for mail in mailoutbox] == ["Your code to log in"] * 2


def test_a_code_to_an_unknown_address_looks_the_same(guest, mailoutbox):
    assert guest.post(CODE, {"email": "nobody@example.org"}).url == CONFIRM
    assert mailoutbox[0].subject == "No account with this address"


def test_the_page_says_how_long_the_code_is_good(guest, reader, settings):
    guest.post(CODE, {"email": reader.email})
    assert "ten minutes" in guest.get(CONFIRM).content.decode()
    assert settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT == 600


# A forgotten or changed password


def test_a_mailed_link_sets_a_new_password(guest, reader, link):
    assert (
        guest.post("/accounts/password/reset/", {"email": reader.email}).url
        == "/accounts/password/reset/done/"
    )
    form = guest.get(link(reader.email)).url
    done = guest.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done.url == "/accounts/password/reset/key/done/"
    assert log_in(guest, NEW_PASSWORD).url == "/account/"


def test_a_link_works_once(guest, reader, link):
    guest.post("/accounts/password/reset/", {"email": reader.email})
    mailed = link(reader.email)
    guest.post(guest.get(mailed).url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert "This link no longer works" in guest.get(mailed).content.decode()


def test_a_reset_for_an_unknown_address_looks_the_same(guest, mailoutbox):
    done = guest.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert done.url == "/accounts/password/reset/done/"
    assert mailoutbox[0].subject == "No account with this address"


@pytest.mark.parametrize("key", ["1-nonsense", "zzzzzzzzzzzzz-a", "0-set-password", "a-b-c"])
def test_a_hostile_link_says_that_it_does_not_work(guest, db, key):
    page = guest.get(f"/accounts/password/reset/key/{key}/")
    assert page.status_code == 200
    assert "This link no longer works" in page.content.decode()


def test_a_changed_password_is_told_by_mail(confirmed, reader_client, mailoutbox):
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert reader_client.post("/accounts/password/change/", form).url == "/account/"
    assert mailoutbox[0].subject == "Your password was changed"


def test_a_changed_password_logs_out_everywhere_else(confirmed, reader_client, guest):
    log_in(guest)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    reader_client.post("/accounts/password/change/", form)
    assert is_logged_in(reader_client)
    assert not is_logged_in(guest)


def test_a_wrong_current_password_is_refused_at_the_field(reader_client):
    form = {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    errors = reader_client.post("/accounts/password/change/", form).context["form"].errors
    assert errors["oldpassword"] == ["That is not your current password."]


def test_an_account_without_a_password_sets_one(reader, guest):
    reader.set_unusable_password()
    reader.save()
    guest.force_login(reader)
    assert guest.get("/accounts/password/change/").url == "/accounts/password/set/"
    assert guest.post("/accounts/password/set/", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}).url
    assert log_in(Client(), NEW_PASSWORD).url == "/account/"
