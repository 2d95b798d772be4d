"""Registering, and what was opened before."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.gating import COOKIE
from accounts.models import PageView, User, Visitor

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"
PASSWORD = "a-long-pass-phrase"


def register(client, email="new@example.org", password=PASSWORD, again=PASSWORD, **more):
    return client.post(SIGN_UP, {"email": email, "password1": password, "password2": again} | more)


def shown(client, code):
    return client.get(f"/codes/{code}/").content.decode()


def test_the_form_asks_for_address_and_password_and_nothing_else(guest):
    fields = guest.get(SIGN_UP).context["form"].fields
    assert list(fields) == ["email", "password1", "password2"]


def test_who_registers_is_logged_in_and_sees_the_account(guest):
    assert register(guest).url == "/account/"
    assert guest.get("/account/").status_code == 200


def test_the_address_is_kept_in_lower_case(guest):
    register(guest, "New@Example.org")
    assert User.objects.get().email == "new@example.org"


def test_a_guest_who_opened_one_page_has_five_left(guest):
    shown(guest, "A01")
    register(guest)
    assert shown(guest, "A01").startswith("5 code page views remaining this month.")


def test_six_pages_in_all_are_opened_before_and_after_the_sign_up(guest):
    shown(guest, "A00")
    register(guest)
    pages = [shown(guest, f"A0{number}") for number in range(1, 7)]
    assert [page.split()[-1] for page in pages] == ["words"] * 5 + ["wall"]


def test_the_page_opened_as_a_guest_is_still_open(guest):
    shown(guest, "A01")
    register(guest)
    shown(guest, "A01")
    assert PageView.objects.count() == 1


def test_logged_out_again_the_browser_has_no_fresh_view(guest):
    shown(guest, "A01")
    register(guest)
    guest.post("/accounts/logout/")
    assert shown(guest, "A02").endswith("wall")


def test_a_second_account_in_the_same_browser_inherits_nothing(guest):
    shown(guest, "A01")
    register(guest)
    guest.post("/accounts/logout/")
    register(guest, "second@example.org")
    assert PageView.objects.get().visitor.user.email == "new@example.org"


def test_an_address_that_has_an_account_is_refused_at_the_field(guest, reader):
    form = register(guest, "Reader@example.org").context["form"]
    assert form.errors["email"] == [
        "An account with this e-mail address exists already. Please log in instead."
    ]


@pytest.mark.parametrize("email", ["", "no-address", "nul\x00@example.org", "a" * 260 + "@example.org"])
def test_what_is_no_address_is_refused_at_the_field(guest, email):
    assert "email" in register(guest, email).context["form"].errors


@pytest.mark.parametrize("password", ["short", "12345678", "password", "new@example.org"])
def test_a_weak_password_is_refused_at_the_field(guest, password):
    assert "password1" in register(guest, password=password, again=password).context["form"].errors


def test_two_different_passwords_are_refused_at_the_second(guest):
    assert "password2" in register(guest, again="another-pass-phrase").context["form"].errors


def test_a_refused_sign_up_leaves_nothing(guest):
    register(guest, again="another-pass-phrase")
    assert not User.objects.exists()


def test_the_second_half_of_a_double_click_goes_on_to_the_log_in(guest, reader, monkeypatch):
    monkeypatch.setattr("accounts.forms.SignupForm.clean_email", lambda form: "reader@example.org")
    assert register(guest).url == "/accounts/login/"


def test_who_came_from_a_page_goes_back_to_it(guest):
    assert register(guest, next="/codes/A01/").url == "/codes/A01/"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "\x00"]
)
def test_the_way_back_never_leads_to_another_site(guest, address):
    assert register(guest, next=address).url == "/account/"


def test_the_password_is_kept_as_a_hash_only(guest):
    register(guest)
    assert PASSWORD not in User.objects.get().password


def test_passwords_are_hashed_by_argon2_outside_of_tests():
    from pathlib import Path

    text = Path("codingahead/settings.py").read_text(encoding="utf-8")
    assert 'else "django.contrib.auth.hashers.Argon2PasswordHasher"' in text


# Where mails are sent


def test_with_mail_the_account_waits_for_the_confirmation(guest, with_mail):
    assert register(guest).url == "/accounts/confirm-email/"
    assert guest.get("/account/").status_code == 302


def test_the_link_in_the_mail_opens_the_account_and_brings_the_extra_views(guest, with_mail, link):
    shown(guest, "A00")
    register(guest, next="/codes/A01/")
    assert guest.post(link("new@example.org")).url == "/codes/A01/"
    assert shown(guest, "A01").startswith("4 code page views remaining this month.")


def test_opening_the_link_alone_confirms_nothing(guest, with_mail, link):
    register(guest)
    assert "Is new@example.org your address?" in guest.get(link("new@example.org")).content.decode()
    assert not EmailAddress.objects.get().verified


def test_in_another_browser_the_link_confirms_and_asks_to_log_in(guest, with_mail, link):
    register(guest)
    assert Client().post(link("new@example.org")).url == "/accounts/login/"
    assert EmailAddress.objects.get().verified


def test_a_used_link_says_that_it_is_used(guest, with_mail, link):
    register(guest)
    guest.post(link("new@example.org"))
    assert "This link is not valid" in guest.get(link("new@example.org")).content.decode()


def test_with_mail_nobody_learns_whether_an_address_has_an_account(guest, with_mail, reader, mailoutbox):
    assert register(guest, reader.email).url == "/accounts/confirm-email/"
    assert mailoutbox[0].subject == "You have an account already"


def test_a_reader_without_a_confirmed_address_has_a_guests_views(with_mail, reader_client):
    shown(reader_client, "A01")
    assert shown(reader_client, "A02").endswith("wall")


def test_a_reader_with_a_confirmed_address_has_all_views(with_mail, confirmed, reader_client):
    assert shown(reader_client, "A01").startswith("5 code page views remaining")


# The browser after the log-out


def log_out(client):
    client.post("/accounts/logout/")


def test_six_pages_opened_with_an_account_leave_the_browser_no_seventh(guest):
    register(guest)
    for number in range(6):
        shown(guest, f"A0{number}")
    log_out(guest)
    assert shown(guest, "B01").endswith("wall")


def test_a_browser_that_registered_before_opening_counts_on_the_account(guest):
    register(guest)
    log_out(guest)
    assert shown(guest, "A01").endswith("words")
    assert PageView.objects.get().visitor.user.email == "new@example.org"


def test_with_mail_too_the_browser_is_known_after_the_log_out(guest, with_mail, link):
    register(guest)
    guest.post(link("new@example.org"))
    for number in range(6):
        shown(guest, f"A0{number}")
    log_out(guest)
    assert shown(guest, "B01").endswith("wall")


def test_a_browser_with_a_number_of_its_own_keeps_it(guest):
    shown(guest, "A01")
    number = guest.cookies[COOKIE].value
    register(guest)
    assert guest.cookies[COOKIE].value == number


def test_a_browser_whose_number_was_pruned_gets_another(guest):
    shown(guest, "A01")
    Visitor.objects.all().delete()
    register(guest)
    log_out(guest)
    assert Visitor.objects.get(user=None).merged_into.user.email == "new@example.org"
    assert guest.cookies[COOKIE].value.startswith(f"{Visitor.objects.get(user=None).pk}:")
