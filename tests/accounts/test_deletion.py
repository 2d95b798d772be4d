"""Deleting the account."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts import panels
from accounts.gating import COOKIE
from accounts.models import PageView, User, Visitor

pytestmark = pytest.mark.django_db
DELETE = "/account/delete/"
PASSWORD = "a-long-pass-phrase"


def delete(client, password=PASSWORD):
    return client.post(DELETE, {"password": password})


@pytest.fixture
def former_guest(guest, reader):
    """A browser that opened B01 as a guest and then logged in as the reader."""
    guest.get("/codes/B01/")
    guest.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    return guest


def test_everything_about_the_reader_is_gone(confirmed, former_guest, opened):
    opened(2)
    delete(former_guest)
    left = [model.objects.count() for model in (User, EmailAddress, Visitor, PageView)]
    assert left == [0, 0, 0, 0]


def test_others_keep_what_is_theirs(reader_client, opened):
    opened(1)
    other = Visitor.objects.create(user=User.objects.create_user("other@example.org"))
    delete(reader_client)
    assert Visitor.objects.get() == other


def test_the_page_says_what_is_gone(reader_client):
    text = delete(reader_client).content.decode()
    assert "Your account is deleted" in text
    assert "the list of the code pages that you opened" in text


def test_the_reader_is_logged_out_everywhere(reader, reader_client):
    elsewhere = Client()
    elsewhere.force_login(reader)
    delete(reader_client)
    for client in (reader_client, elsewhere):
        assert client.get("/account/").status_code == 302


def test_the_guests_cookie_is_taken_back(former_guest):
    assert delete(former_guest).cookies[COOKIE]["max-age"] == 0


def test_a_browser_that_kept_its_cookie_is_a_new_guest(former_guest):
    kept = former_guest.cookies[COOKIE].value
    delete(former_guest)
    client = Client()
    client.cookies[COOKIE] = kept
    client.get("/codes/B02/")
    view = PageView.objects.get()
    assert (view.code, view.visitor.user) == ("B02", None)


def test_registering_again_brings_nothing_back(former_guest):
    delete(former_guest)
    form = {"email": "reader@example.org", "password1": PASSWORD, "password2": PASSWORD}
    former_guest.post("/accounts/signup/", form)
    assert not PageView.objects.exists()


def test_a_last_mail_says_so(reader_client, mailoutbox):
    delete(reader_client)
    assert (mailoutbox[0].to, mailoutbox[0].subject) == (["reader@example.org"], "Your account is deleted")


def test_a_wrong_password_deletes_nothing_and_is_refused_at_the_field(reader_client):
    text = delete(reader_client, "wrong").content.decode()
    assert "That is not your password." in text
    assert 'aria-describedby="id_password_error"' in text
    assert User.objects.exists()


def test_looking_at_the_page_deletes_nothing(reader_client):
    assert "at once and for good" in reader_client.get(DELETE).content.decode()
    assert User.objects.exists()


@pytest.mark.parametrize(("typed", "left"), [("Reader@example.org", 0), ("other@example.org", 1)])
def test_without_a_password_the_address_is_typed_once_more(reader, guest, typed, left):
    reader.set_unusable_password()
    reader.save()
    guest.force_login(reader)
    guest.post(DELETE, {"email": typed})
    assert User.objects.count() == left


def test_the_last_operator_stays(operator_client):
    assert "the only account that may do everything" in delete(operator_client).content.decode()
    assert User.objects.exists()


def test_an_operator_among_others_may_go(operator_client, operator):
    User.objects.create_superuser("second@example.org")
    delete(operator_client)
    assert not User.objects.filter(pk=operator.pk).exists()


def test_other_apps_delete_first(reader, reader_client, monkeypatch):
    seen = []
    panel = panels.Panel(name="questions", goes="your questions", delete=lambda user: seen.append(user.email))
    monkeypatch.setattr(panels, "PANELS", [panel])
    text = delete(reader_client).content.decode()
    assert seen == ["reader@example.org"]
    assert "<li>your questions</li>" in text


def test_a_deletion_that_fails_in_another_app_deletes_nothing(reader, opened, monkeypatch):
    opened(1)

    def fail(user):
        raise RuntimeError

    monkeypatch.setattr(panels, "PANELS", [panels.Panel(name="questions", delete=fail)])
    with pytest.raises(RuntimeError):
        reader.close()
    assert PageView.objects.exists()
