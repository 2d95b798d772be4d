"""Readers in the admin."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts import quota
from accounts.models import NetworkDay, PageView, User, Visitor

pytestmark = pytest.mark.django_db
VISITORS = "/admin/accounts/visitor/"
READERS = "/admin/accounts/user/"


@pytest.fixture
def editor_client(db):
    """Staff without a single permission."""
    editor = User.objects.create_user("editor@example.org", is_staff=True)
    client = Client()
    client.force_login(editor)
    return client


def page(client, address):
    return client.get(address).content.decode()


# The way in


def test_a_guest_logs_in_by_allauth_and_comes_back(guest, operator):
    chain = guest.get("/admin/accounts/user/", follow=True).redirect_chain
    assert chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Faccounts%2Fuser%2F"
    form = {"login": operator.email, "password": "a-long-pass-phrase", "next": "/admin/accounts/user/"}
    assert guest.post("/accounts/login/", form).url == "/admin/accounts/user/"


def test_djangos_own_log_in_form_takes_no_password(guest, operator):
    form = {"username": operator.email, "password": "a-long-pass-phrase"}
    assert guest.post("/admin/login/", form).url.startswith("/accounts/login/")


def test_a_reader_who_is_no_staff_is_told_so(reader_client):
    response = reader_client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "this account has no part in the admin" in response.content.decode()


# Readers


def test_an_operator_makes_an_account_with_address_and_password(operator_client):
    form = {"email": "New@example.org", "usable_password": "true", "password1": "a-long-pass-phrase"}
    operator_client.post(f"{READERS}add/", form | {"password2": "a-long-pass-phrase"})
    assert User.objects.filter(email="new@example.org").exists()


def test_the_form_of_a_reader_asks_for_no_name(operator_client, reader):
    text = page(operator_client, f"{READERS}{reader.pk}/change/")
    assert 'name="username"' not in text
    assert 'name="first_name"' not in text


def test_the_address_is_the_readers_to_change(operator_client, reader):
    assert 'name="email"' not in page(operator_client, f"{READERS}{reader.pk}/change/")


def test_the_allowance_is_set_on_the_readers_page(operator_client, confirmed):
    address = EmailAddress.objects.get(user=confirmed)
    form = {
        "is_active": "on",
        "emailaddress_set-TOTAL_FORMS": 1,
        "emailaddress_set-INITIAL_FORMS": 1,
        "emailaddress_set-0-id": address.pk,
        "emailaddress_set-0-user": confirmed.pk,
        "emailaddress_set-0-verified": "on",
        "visitor-TOTAL_FORMS": 1,
        "visitor-INITIAL_FORMS": 0,
        "visitor-0-user": confirmed.pk,
        "visitor-0-allowance": 40,
    }
    assert operator_client.post(f"{READERS}{confirmed.pk}/change/", form).status_code == 302
    assert Visitor.objects.get(user=confirmed).allowance == 40


def test_deleting_a_reader_takes_everything_along(operator_client, reader, opened):
    opened(2)
    assert "Are you sure" in page(operator_client, f"{READERS}{reader.pk}/delete/")
    operator_client.post(f"{READERS}{reader.pk}/delete/", {"post": "yes"})
    assert not PageView.objects.exists()


def test_several_readers_are_deleted_at_once(operator_client, operator, reader, opened):
    opened(2)
    form = {"action": "delete_selected", "_selected_action": reader.pk, "post": "yes"}
    operator_client.post(READERS, form)
    assert list(User.objects.all()) == [operator]


def test_who_may_change_readers_cannot_make_himself_an_operator(editor_client):
    editor = User.objects.get(email="editor@example.org")
    editor.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    form = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}
    form |= {"emailaddress_set-TOTAL_FORMS": 0, "emailaddress_set-INITIAL_FORMS": 0}
    form |= {"visitor-TOTAL_FORMS": 0, "visitor-INITIAL_FORMS": 0}
    editor_client.post(f"{READERS}{editor.pk}/change/", form)
    editor.refresh_from_db()
    assert not editor.is_superuser


# Allowances


def test_staff_see_what_each_reader_opened_and_may_open(editor_client, opened):
    opened(3)
    text = page(editor_client, VISITORS)
    assert '<td class="field-opened">3</td>' in text
    assert '<td class="field-may_open">6</td>' in text


@pytest.mark.parametrize(
    ("fields", "shown"), [({"allowance": 40}, "40"), ({"is_unlimited": True}, "any number"), ({}, "6")]
)
def test_staff_see_the_allowance_of_ones_own(editor_client, reader, fields, shown):
    Visitor.objects.create(user=reader, **fields)
    assert f'<td class="field-may_open">{shown}</td>' in page(editor_client, VISITORS)


def test_with_mail_an_unconfirmed_reader_is_seen_with_a_guests_views(editor_client, reader, with_mail):
    Visitor.objects.create(user=reader)
    assert '<td class="field-may_open">1</td>' in page(editor_client, VISITORS)


def test_guests_are_not_listed(editor_client):
    Visitor.objects.create()
    assert "0 visitors" in page(editor_client, VISITORS)


def test_staff_without_the_permission_change_nothing(editor_client, reader):
    visitor = Visitor.objects.create(user=reader)
    answer = editor_client.post(f"{VISITORS}{visitor.pk}/change/", {"allowance": 40})
    assert answer.status_code == 403


def test_a_changed_allowance_is_the_readers_at_once(operator_client, reader, reader_client, opened):
    visitor = opened(6)
    operator_client.post(f"{VISITORS}{visitor.pk}/change/", {"allowance": 8})
    assert reader_client.get("/codes/B01/").content.decode().startswith("1 code page view remaining")


def test_a_readers_row_cannot_be_deleted_for_a_fresh_count(operator_client, opened):
    visitor = opened(6)
    operator_client.post(f"{VISITORS}{visitor.pk}/delete/", {"post": "yes"})
    assert Visitor.objects.exists()


def test_the_filter_lists_who_asked_for_more(operator_client, reader, operator):
    Visitor.objects.create(user=operator)
    Visitor.objects.create(user=reader).ask("For my class", timezone.localdate())
    text = page(operator_client, f"{VISITORS}?asked=yes")
    assert "For my class" in text
    assert "1 visitor" in text


def test_an_answered_request_leaves_the_list(operator_client, reader):
    visitor = Visitor.objects.create(user=reader)
    visitor.ask("For my class", timezone.localdate())
    operator_client.post(VISITORS, {"action": "answered", "_selected_action": visitor.pk})
    visitor.refresh_from_db()
    assert (visitor.asked_on, visitor.asked_for) == (None, "")


# What the meter wrote


def test_staff_see_the_page_views(editor_client, opened):
    opened(1)
    assert "reader@example.org" in page(editor_client, "/admin/accounts/pageview/")


@pytest.mark.parametrize("search", ["A00", "reader@"])
def test_page_views_are_found_by_code_and_reader(editor_client, opened, search):
    opened(1)
    assert "1 page view" in page(editor_client, f"/admin/accounts/pageview/?q={search}")


@pytest.mark.parametrize("model", ["pageview", "networkday"])
def test_what_the_meter_wrote_cannot_be_added(operator_client, model):
    assert operator_client.get(f"/admin/accounts/{model}/add/").status_code == 403


@pytest.mark.parametrize("deed", ["change", "delete"])
def test_what_the_meter_wrote_cannot_be_changed_or_deleted(operator_client, opened, deed):
    opened(1)
    view = PageView.objects.get()
    form = {"code": "B01", "post": "yes"}
    assert operator_client.post(f"/admin/accounts/pageview/{view.pk}/{deed}/", form).status_code == 403


def test_staff_see_how_much_a_network_took(editor_client):
    NetworkDay.objects.create(day=timezone.localdate(), network="n" * 32, views=77)
    assert '<td class="field-views">77</td>' in page(editor_client, "/admin/accounts/networkday/")


def test_the_list_of_readers_costs_the_same_for_many(operator_client, django_assert_max_num_queries):
    period = quota.period_of(timezone.localdate())
    for number in range(30):
        visitor = Visitor.objects.create(user=User.objects.create_user(f"{number}@example.org"))
        PageView.objects.create(visitor=visitor, period=period, code_set="cpt", code="20703")
    with django_assert_max_num_queries(8):
        operator_client.get(VISITORS)
