"""The export: all that the site keeps about a reader, and nothing about anybody else."""

import json

import pytest
from django.apps import apps

from accounts import panels
from accounts.models import PageView, User, Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(confirmed, reader_client):
    """The reader's export, read: `exported()`."""
    return lambda: json.loads(reader_client.get("/account/export/").content)


def test_it_is_a_file_to_keep(reader_client):
    response = reader_client.get("/account/export/")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith('attachment; filename="coding-ahead-20')
    assert "no-store" in response["Cache-Control"]


def test_it_holds_account_addresses_allowance_and_page_views(exported):
    assert set(exported()) == {"exported_at", "account", "email_addresses", "allowance", "page_views"}


def test_it_holds_the_address_and_whether_it_is_confirmed(exported):
    assert exported()["email_addresses"] == [
        {"email": "reader@example.org", "verified": True, "primary": True}
    ]


def test_it_holds_every_page_view_with_its_time(exported, opened):
    opened(150)
    views = exported()["page_views"]
    assert len(views) == 150
    assert set(views[0]) == {"code_set", "code", "period", "opened_at"}


def test_it_holds_what_one_asked_for(exported, reader):
    Visitor.objects.create(user=reader, allowance=9, asked_for="For my class")
    allowance = exported()["allowance"]
    assert (allowance["code_pages_in_a_period"], allowance["asked_for_more_in_words"]) == (9, "For my class")


def test_it_holds_no_password(exported, reader):
    assert reader.password not in json.dumps(exported())


def test_it_holds_nothing_of_others(exported):
    other = Visitor.objects.create(user=User.objects.create_user("other@example.org"))
    PageView.objects.create(visitor=other, period="2026-11", code_set="cpt", code="20703")
    assert "20703" not in json.dumps(exported())


def test_it_holds_what_other_apps_keep(exported, monkeypatch):
    panel = panels.Panel(name="questions", export=lambda user: [user.email])
    monkeypatch.setattr(panels, "PANELS", [panel])
    assert exported()["questions"] == ["reader@example.org"]


def test_a_guest_gets_no_export(guest):
    assert guest.get("/account/export/").status_code == 302


def test_every_model_that_points_at_a_reader_is_exported_or_known():
    known = {
        "accounts.Visitor",
        "accounts.Session",  # a log-in, gone with it
        "account.EmailAddress",
        "admin.LogEntry",  # what staff did in the admin
        "codes.LayDescription",  # who reviewed it
        "codes.HistoricalLayDescription",
        "codes.ErrorReport",  # who of the staff closed it
        "codes.Guidance",  # who reviewed it
        "codes.HistoricalGuidance",
        "accounts.User_groups",
        "accounts.User_user_permissions",  # many to many
    }
    pointing = {
        relation.related_model._meta.label
        for relation in apps.get_model("accounts.User")._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation
    }
    assert pointing <= known
