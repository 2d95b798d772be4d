"""Confirming and changing the e-mail address."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/email/"
NEW = "moved@example.org"


def change(client, email=NEW):
    return client.post(ADDRESS, {"email": email, "action_add": ""})


def body(response):
    return response.content.decode()


def test_the_new_address_takes_the_old_ones_place_when_its_mail_is_answered(confirmed, reader_client, link):
    change(reader_client)
    reader_client.post(link(NEW))
    confirmed.refresh_from_db()
    assert confirmed.email == NEW
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]


def test_until_then_the_old_address_logs_in(confirmed, reader_client, guest):
    change(reader_client)
    answer = guest.post("/accounts/login/", {"login": confirmed.email, "password": "a-long-pass-phrase"})
    assert answer.url == "/account/"


def test_a_reader_who_never_confirmed_keeps_the_address_in_use(reader, reader_client, link):
    change(reader_client)
    reader.refresh_from_db()
    assert reader.email == "reader@example.org"
    reader_client.post(link(NEW))
    reader.refresh_from_db()
    assert reader.email == NEW


def test_two_readers_who_never_confirmed_can_both_change(reader, reader_client, guest):
    other = User.objects.create_user("other@example.org")
    guest.force_login(other)
    for client, email in ((reader_client, NEW), (guest, "else@example.org")):
        assert change(client, email).status_code == 302
    assert set(User.objects.values_list("email", flat=True)) == {"reader@example.org", "other@example.org"}


def test_changing_again_forgets_the_address_before(confirmed, reader_client):
    change(reader_client)
    change(reader_client, "second@example.org")
    assert set(EmailAddress.objects.values_list("email", flat=True)) == {
        "reader@example.org",
        "second@example.org",
    }


def test_the_change_can_be_called_off(confirmed, reader_client):
    change(reader_client)
    assert "Keep the old address" in body(reader_client.get(ADDRESS))
    reader_client.post(ADDRESS, {"email": NEW, "action_remove": ""})
    assert EmailAddress.objects.get().email == "reader@example.org"


def test_the_only_address_cannot_be_removed(confirmed, reader_client):
    reader_client.post(ADDRESS, {"email": confirmed.email, "action_remove": ""})
    assert EmailAddress.objects.exists()


def test_the_mail_can_be_sent_again_after_three_minutes(confirmed, reader_client, mailoutbox, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    change(reader_client)
    reader_client.post(ADDRESS, {"email": NEW, "action_send": ""})
    assert [mail.to for mail in mailoutbox] == [[NEW]] * 2


def test_within_three_minutes_no_second_mail_goes_out(confirmed, reader_client, mailoutbox):
    change(reader_client)
    reader_client.post(ADDRESS, {"email": NEW, "action_send": ""})
    assert len(mailoutbox) == 1


def test_the_old_address_is_told_of_the_change(confirmed, reader_client, link, mailoutbox):
    change(reader_client)
    reader_client.post(link(NEW))
    assert (mailoutbox[-1].to, mailoutbox[-1].subject) == (
        ["reader@example.org"],
        "Your e-mail address was changed",
    )


def test_ones_own_address_is_refused_at_the_field(confirmed, reader_client):
    errors = change(reader_client, confirmed.email).context["form"].errors
    assert errors["email"] == ["This is the address of your account already."]


def test_the_address_of_another_account_cannot_be_confirmed(confirmed, reader_client, link):
    User.objects.create_user(NEW)
    change(reader_client)
    page = reader_client.post(link(NEW), follow=True)
    assert f"{NEW} belongs to another account" in body(page)
    confirmed.refresh_from_db()
    assert confirmed.email == "reader@example.org"


def test_the_confirmed_address_of_another_account_says_so_on_opening_the_link(confirmed, reader_client, link):
    change(reader_client)
    other = User.objects.create_user(NEW)
    EmailAddress.objects.create(user=other, email=NEW, primary=True, verified=True)
    assert "belongs to another account" in body(reader_client.get(link(NEW)))


def test_an_expired_link_says_where_to_get_a_new_one(guest):
    page = guest.get("/accounts/confirm-email/nonsense/")
    assert "This link is not valid, or no longer." in body(page)


def test_the_pages_of_a_key_are_kept_out_of_search_engines(guest):
    assert 'content="noindex"' in body(guest.get("/accounts/confirm-email/nonsense/"))
