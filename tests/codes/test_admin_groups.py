"""Editor and Reviewer do just their work in the admin."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

from codes.models import Code, ErrorReport, LayDescription
from tests.codes import editors

pytestmark = pytest.mark.django_db
groups = import_module("codes.migrations.0005_editor_and_reviewer")
TYPED = {"body": "A new text about the removal.", "author_role": "Medical editor", "sources": ""}


@pytest.fixture
def code():
    return editors.code()


@pytest.fixture
def editor():
    return editors.account("Editor")


@pytest.fixture
def reviewer():
    return editors.account("Reviewer")


def press(user, lay, verb, **typed):
    """Press one of the buttons under the text."""
    data = lay.content | {"seen_version": lay.version, "_verb": verb} | typed
    return editors.browser(user).post(f"/admin/codes/laydescription/{lay.pk}/change/", data)


def test_an_editor_writes_a_draft(editor, code):
    editors.browser(editor).post(
        f"/admin/codes/laydescription/add/?code={code.pk}", TYPED | {"code": code.pk}
    )
    lay = LayDescription.objects.get()
    assert (lay.code, lay.state, lay.history.get().history_user) == (code, "draft", editor)


def test_an_editor_sends_a_text_for_review(editor):
    lay = editors.lay()
    press(editor, lay, "submit")
    lay.refresh_from_db()
    assert (lay.state, lay.submitted_by) == ("in_review", editor)


def test_an_editor_takes_an_own_text_back_without_a_reason(editor):
    lay = editors.lay()
    lay.submit(editor)
    press(editor, lay, "return_to_draft")
    lay.refresh_from_db()
    assert lay.state == "draft"


@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_an_editor_cannot_decide_what_readers_see(editor, verb):
    lay = editors.published()
    before = lay.version
    assert press(editor, lay, verb, reason="x").status_code == 403
    lay.refresh_from_db()
    assert (lay.version, lay.published_body) == (before, editors.TEXT)


def test_a_reviewer_publishes(reviewer, editor):
    lay = editors.lay()
    lay.submit(editor)
    press(reviewer, lay, "publish")
    lay.refresh_from_db()
    assert (lay.published_body, lay.reviewed_by) == (editors.TEXT, reviewer)


def test_a_reviewer_publishes_a_seed_as_reviewed(reviewer):
    lay = editors.seed()
    press(reviewer, lay, "publish")
    lay.refresh_from_db()
    assert (lay.is_seed, lay.reviewed_by) == (False, reviewer)


def test_a_reviewer_returns_a_text_with_a_reason_only(reviewer, editor):
    lay = editors.lay()
    lay.submit(editor)
    assert b"Say why in a sentence" in press(reviewer, lay, "return_to_draft").content
    press(reviewer, lay, "return_to_draft", reason="Name 20702.")
    lay.refresh_from_db()
    assert (lay.state, lay.return_reason) == ("draft", "Name 20702.")


@pytest.mark.parametrize("name", ["Editor", "Reviewer"])
@pytest.mark.parametrize(
    "address",
    [
        "accounts/user/",
        "auth/group/",
        "codes/code/add/",
        "codes/release/add/",
        "codes/errorreport/add/",
    ],
)
def test_what_is_not_their_work_is_refused(name, address):
    browser = editors.browser(editors.account(name))
    assert browser.get(f"/admin/{address}").status_code in (403, 404)


@pytest.mark.parametrize("name", ["Editor", "Reviewer"])
def test_neither_deletes_a_lay_description(name):
    lay = editors.lay()
    response = editors.browser(editors.account(name)).post(
        f"/admin/codes/laydescription/{lay.pk}/delete/", {"post": "yes"}
    )
    assert response.status_code == 403


@pytest.mark.parametrize("name", ["Editor", "Reviewer"])
@pytest.mark.parametrize("model", ["code", "laydescription", "errorreport", "release", "codeset"])
def test_both_see_the_lists_of_their_work(name, model):
    editors.lay()
    assert editors.browser(editors.account(name)).get(f"/admin/codes/{model}/").status_code == 200


@pytest.mark.parametrize("path", ["code/{code}", "release/{release}"])
def test_what_is_imported_cannot_be_changed_even_by_an_operator(path):
    editors.code()
    operator = editors.account(email="operator@example.org", is_staff=True, is_superuser=True)
    address = path.format(code=Code.objects.get().pk, release=editors.release().pk)
    response = editors.browser(operator).post(f"/admin/codes/{address}/change/", {"code": "99999"})
    assert response.status_code in (200, 403, 405)
    assert Code.objects.get().code == "20703"


def test_a_reader_does_not_enter():
    assert editors.browser(editors.account()).get("/admin/codes/code/").status_code in (302, 403)


def test_an_editor_marks_a_report_as_done(editor, code):
    report = ErrorReport.objects.create(code=code, text="Cut off.")
    editors.browser(editor).post(
        "/admin/codes/errorreport/", {"action": "mark_as_done", "_selected_action": report.pk}
    )
    report.refresh_from_db()
    assert (report.state, report.done_by) == ("done", editor)


def test_a_report_is_shown_and_not_edited(editor, code):
    report = ErrorReport.objects.create(code=code, text="Cut off.")
    page = editors.browser(editor).get(f"/admin/codes/errorreport/{report.pk}/change/").content
    assert b"Cut off." in page
    assert b"<textarea" not in page


def test_the_migration_of_the_groups_goes_back_and_forth():
    groups.drop_groups(apps, connection.schema_editor())
    assert not Group.objects.filter(name__in=["Editor", "Reviewer"]).exists()
    groups.make_groups(apps, connection.schema_editor())
    assert Group.objects.get(name="Reviewer").permissions.filter(codename="publish_laydescription").exists()


def test_an_editor_has_no_permission_beyond_the_work():
    permissions = Group.objects.get(name="Editor").permissions.values_list("codename", flat=True)
    assert set(permissions) == {
        "view_code",
        "view_codeset",
        "view_release",
        "view_laydescription",
        "add_laydescription",
        "change_laydescription",
        "view_guidance",
        "add_guidance",
        "change_guidance",
        "view_errorreport",
        "change_errorreport",
    }
