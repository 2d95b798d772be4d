"""The mails: in our words, plain, without a line of allauth's own."""

import re

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db
PASSWORD = {"password1": "another-pass-phrase", "password2": "another-pass-phrase"}


def sent(client, address, form):
    """The mail that this form sends."""
    client.post(address, form)
    return mail.outbox[-1]


def test_after_a_sign_up(guest):
    form = {"email": "new@example.org", "password1": "a-long-pass-phrase", "password2": "a-long-pass-phrase"}
    message = sent(guest, "/accounts/signup/", form)
    assert message.subject == "Your account at Coding Ahead: please confirm your address"
    assert re.search(r"opening this link:\n\nhttp://testserver/accounts/confirm-email/\S+/\n", message.body)


def test_with_a_code(guest, reader):
    message = sent(guest, "/accounts/login/code/", {"email": reader.email})
    assert message.subject == "Your code to log in"
    assert "We never ask for it by phone\nor mail." in message.body


def test_with_a_link_for_a_new_password(guest, reader):
    message = sent(guest, "/accounts/password/reset/", {"email": reader.email})
    assert message.subject == "Set a new password"
    assert "/accounts/password/reset/key/" in message.body


def test_to_an_address_without_an_account(guest):
    message = sent(guest, "/accounts/password/reset/", {"email": "nobody@example.org"})
    assert "There is no\naccount with it." in message.body


def test_after_a_changed_password(confirmed, reader_client):
    form = {"oldpassword": "a-long-pass-phrase"} | PASSWORD
    message = sent(reader_client, "/accounts/password/change/", form)
    assert "The password of your account at Coding Ahead was changed." in message.body
    assert re.search(r"It happened on \d{4}-\d\d-\d\d at \d\d:\d\d E[SD]T\.", message.body)


def test_after_a_first_password(confirmed, guest):
    confirmed.set_unusable_password()
    confirmed.save()
    guest.force_login(confirmed)
    assert sent(guest, "/accounts/password/set/", PASSWORD).subject == "Your account has a password now"


def test_after_a_deletion(reader_client):
    message = sent(reader_client, "/account/delete/", {"password": "a-long-pass-phrase"})
    assert "your account at Coding Ahead is deleted" in message.body


def test_every_mail_is_plain_and_signed(guest, reader):
    message = sent(guest, "/accounts/login/code/", {"email": reader.email})
    assert not message.alternatives
    assert message.body.endswith("--\nCoding Ahead\nhttp://testserver/")
    assert "&" not in message.body


def test_no_mail_names_the_address_it_was_asked_from(confirmed, reader_client):
    form = {"oldpassword": "a-long-pass-phrase"} | PASSWORD
    assert "127.0.0.1" not in sent(reader_client, "/accounts/password/change/", form).body
