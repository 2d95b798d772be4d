"""Every page of log-in and sign-up: reachable, in our look, with errors tied to their fields."""

import re

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = [
    "signup/",
    "login/",
    "login/code/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-set-password/",
    "confirm-email/",
    "confirm-email/nonsense/",
    "inactive/",
]
FOR_READERS = ["email/", "password/change/", "reauthenticate/", "logout/"]


def is_ours(response):
    """Whether the page is framed by our base, and no template of allauth's own was used."""
    origins = [template.origin.name for template in response.templates if template.origin]
    return "base.html" in [each.name for each in response.templates] and not any(
        "/allauth/templates/" in name for name in origins
    )


@pytest.mark.parametrize("address", OPEN_TO_ALL)
def test_a_page_for_all_is_ours(guest, address):
    response = guest.get(f"/accounts/{address}")
    assert response.status_code == 200
    assert is_ours(response)


@pytest.mark.parametrize("address", FOR_READERS)
def test_a_page_for_readers_is_ours(reader_client, address):
    response = reader_client.get(f"/accounts/{address}")
    assert response.status_code == 200
    assert is_ours(response)


def test_the_page_for_a_first_password_is_ours(reader, guest):
    reader.set_unusable_password()
    reader.save()
    guest.force_login(reader)
    assert is_ours(guest.get("/accounts/password/set/"))


def test_the_page_for_a_code_is_ours(guest, reader):
    guest.post("/accounts/login/code/", {"email": reader.email})
    assert is_ours(guest.get("/accounts/login/code/confirm/"))


def test_the_page_of_a_good_link_is_ours(guest, reader, link):
    guest.post("/accounts/password/reset/", {"email": reader.email})
    assert is_ours(guest.get(guest.get(link(reader.email)).url))


def test_a_closed_registration_says_so(guest, monkeypatch):
    monkeypatch.setattr("accounts.adapter.AccountAdapter.is_open_for_signup", lambda *_: False)
    response = guest.get("/accounts/signup/")
    assert is_ours(response)
    assert "We take no new accounts" in response.content.decode()


def test_an_expired_form_gets_a_page_of_ours(reader):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


@pytest.mark.parametrize("address", FOR_READERS)
def test_a_page_for_readers_sends_a_guest_away(guest, address):
    assert guest.get(f"/accounts/{address}").status_code == 302


@pytest.mark.parametrize("address", ["signup/", "login/", "login/code/"])
def test_a_reader_is_sent_on_from_the_way_in(reader_client, address):
    assert reader_client.get(f"/accounts/{address}").url == "/account/"


def test_confirming_the_password_once_more_leads_on(reader_client):
    answer = reader_client.post(
        "/accounts/reauthenticate/?next=/accounts/email/", {"password": "a-long-pass-phrase"}
    )
    assert answer.url == "/accounts/email/"


@pytest.mark.parametrize(
    "address", ["/account", "/account/export", "/accounts/login", "/accounts/login/code"]
)
def test_an_address_without_its_slash_is_sent_on_once(guest, address):
    response = guest.get(f"{address}?next=/codes/A01/")
    assert (response.status_code, response.url) == (301, f"{address}/?next=/codes/A01/")


# Fields


@pytest.mark.parametrize(
    ("address", "field", "hint"),
    [
        ("signup/", "email", "email"),
        ("signup/", "password1", "new-password"),
        ("signup/", "password2", "new-password"),
        ("login/", "login", "username"),
        ("login/", "password", "current-password"),
        ("login/code/", "email", "email"),
        ("password/reset/", "email", "email"),
    ],
)
def test_a_browser_knows_what_to_fill_in(guest, address, field, hint):
    form = guest.get(f"/accounts/{address}").context["form"]
    assert form.fields[field].widget.attrs["autocomplete"] == hint


def test_a_code_is_filled_in_from_the_mail(guest, reader):
    guest.post("/accounts/login/code/", {"email": reader.email})
    form = guest.get("/accounts/login/code/confirm/").context["verify_form"]
    assert form.fields["code"].widget.attrs["autocomplete"] == "one-time-code"


@pytest.mark.parametrize("address", ["signup/", "login/", "login/code/", "password/reset/"])
def test_every_field_has_a_label_and_no_placeholder(guest, address):
    form = guest.get(f"/accounts/{address}").context["form"]
    assert all(field.label for field in form.fields.values())
    assert not any("placeholder" in field.widget.attrs for field in form.fields.values())


def test_an_error_is_tied_to_its_field(guest):
    text = guest.post("/accounts/signup/", {"email": "nonsense"}).content.decode()
    field = re.search(r'<input type="email"[^>]*>', text)[0]
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_email_error"' in field
    assert '<ul class="errors" id="id_email_error">' in text


def test_a_hint_and_an_error_are_both_tied_to_the_password(guest):
    form = {"email": "new@example.org", "password1": "short", "password2": "short"}
    text = guest.post("/accounts/signup/", form).content.decode()
    assert 'aria-describedby="id_password1_helptext id_password1_error"' in text


def test_a_password_never_comes_back_in_the_page(guest):
    form = {"email": "nonsense", "password1": "a-long-pass-phrase", "password2": "a-long-pass-phrase"}
    assert "a-long-pass-phrase" not in guest.post("/accounts/signup/", form).content.decode()


def test_what_is_typed_into_the_address_is_shown_as_text(guest):
    text = guest.post("/accounts/login/", {"login": '"><script>', "next": '"><b>'}).content.decode()
    assert "<script>" not in text.split("<main")[1]
    assert "<b>" not in text


# Accounts by their address


def test_an_address_is_one_account_in_any_case(db):
    assert User.objects.create_user(" New@Example.ORG ").email == "new@example.org"


def test_an_operators_address_counts_as_confirmed(operator):
    assert operator.has_verified_email
