"""The steps of a lay description, and error reports."""

from datetime import date

import pytest
from django.db import models
from django.utils import timezone

from codes.models import ErrorReport, LayDescription
from codes.models.editing import Refused, SavedInBetween
from tests.codes import editors

pytestmark = pytest.mark.django_db
NEW_TEXT = "Another text about the removal of the device."


@pytest.fixture
def editor():
    return editors.account("Editor")


@pytest.fixture
def reviewer():
    return editors.account("Reviewer")


def reread(lay):
    return LayDescription.objects.get(pk=lay.pk)


def test_a_first_text_is_a_draft_that_no_reader_sees(editor):
    lay = reread(editors.lay(by=editor))
    assert (lay.state, lay.published_body, lay.version) == ("draft", "", 1)


def test_a_new_text_was_written_today(editor):
    lay = editors.lay(by=editor)
    lay.revise(editor, body=NEW_TEXT)
    assert lay.drafted_on == timezone.localdate()


def test_sending_for_review_remembers_who_and_when(editor):
    lay = editors.lay(by=editor)
    lay.submit(editor)
    lay = reread(lay)
    assert (lay.state, lay.submitted_by, lay.submitted_at.date()) == (
        "in_review",
        editor,
        timezone.now().date(),
    )


def test_publishing_shows_the_text_with_reviewer_and_day(editor, reviewer):
    lay = editors.lay(by=editor, sources="A manual")
    lay.submit(editor)
    lay.publish(reviewer)
    lay = reread(lay)
    assert (lay.published_body, lay.published_sources, lay.reviewed_by, lay.reviewed_on) == (
        editors.TEXT,
        "A manual",
        reviewer,
        timezone.localdate(),
    )


def test_publishing_a_seed_clears_its_mark(reviewer):
    lay = editors.seed()
    lay.publish(reviewer)
    assert not reread(lay).is_seed


@pytest.mark.parametrize("field", ["body", "author_role", "sources"])
def test_drafting_a_change_leaves_what_readers_see(editor, field):
    lay = editors.published(by=editor)
    before = getattr(lay, f"published_{field}")
    lay.revise(editor, **{field: NEW_TEXT})
    lay = reread(lay)
    assert (lay.state, getattr(lay, f"published_{field}"), getattr(lay, field)) == ("draft", before, NEW_TEXT)


def test_going_back_to_the_public_text_makes_it_published_again(editor):
    lay = editors.published(by=editor)
    lay.revise(editor, body=NEW_TEXT)
    lay.revise(editor, body=editors.TEXT)
    assert reread(lay).state == "published"


def test_saving_the_same_text_changes_nothing(editor):
    lay = editors.lay(by=editor)
    assert not lay.revise(editor, body=editors.TEXT)
    assert reread(lay).version == 1


def test_returning_keeps_the_reason_until_it_is_sent_again(editor, reviewer):
    lay = editors.lay(by=editor)
    lay.submit(editor)
    lay.return_to_draft(reviewer, "Name the add-on rule.")
    assert (lay.state, reread(lay).return_reason) == ("draft", "Name the add-on rule.")
    lay.submit(editor)
    assert reread(lay).return_reason == ""


def test_withdrawing_takes_the_text_from_readers_and_keeps_it_as_a_draft(reviewer):
    lay = editors.published(by=reviewer)
    lay.withdraw(reviewer, "Wrong code.")
    lay = reread(lay)
    assert (lay.state, lay.published_body, lay.body, lay.reviewed_on) == ("draft", "", editors.TEXT, None)


@pytest.mark.parametrize(
    ("steps", "verb"),
    [
        ([], "publish"),
        ([], "return_to_draft"),
        (["submit"], "submit"),
        (["submit", "publish"], "submit"),
        (["submit", "publish"], "publish"),
        (["submit", "publish"], "return_to_draft"),
    ],
)
def test_a_step_out_of_turn_is_refused_and_changes_nothing(reviewer, steps, verb):
    lay = editors.lay(by=reviewer)
    for step in steps:
        getattr(lay, step)(reviewer)
    with pytest.raises(Refused):
        getattr(lay, verb)(reviewer)
    assert reread(lay).version == lay.version


def test_a_text_that_no_reader_sees_cannot_be_withdrawn(reviewer):
    with pytest.raises(Refused):
        editors.lay(by=reviewer).withdraw(reviewer, "x")


@pytest.mark.parametrize("verb", ["revise", "submit"])
def test_a_step_on_a_text_that_was_saved_in_between_is_refused(editor, reviewer, verb):
    lay = editors.lay(by=editor)
    theirs = reread(lay)
    theirs.revise(reviewer, body=NEW_TEXT)
    with pytest.raises(SavedInBetween) as refusal:
        getattr(lay, verb)(editor)
    assert refusal.value.current.body == NEW_TEXT


def test_each_step_is_a_line_of_history_with_who_and_why(editor, reviewer):
    lay = editors.lay(by=editor)
    lay.submit(editor)
    lay.publish(reviewer)
    lines = lay.history.order_by("history_id").values_list("history_change_reason", "history_user__email")
    assert list(lines) == [
        ("Wrote the first draft", "editor@example.org"),
        ("Sent for review", "editor@example.org"),
        ("Published", "reviewer@example.org"),
    ]


def test_restoring_brings_an_earlier_text_back_as_a_draft(editor):
    lay = editors.published(by=editor)
    first = lay.history.earliest()
    lay.revise(editor, body=NEW_TEXT)
    lay.submit(editor)
    lay.publish(editor)
    lay.restore(editor, first)
    lay = reread(lay)
    assert (lay.body, lay.published_body, lay.state, lay.drafted_on) == (
        editors.TEXT,
        NEW_TEXT,
        "draft",
        date(2026, 1, 2),
    )


def test_history_leaves_generated_columns_out():
    fields = LayDescription.history.model._meta.get_fields()
    assert not any(isinstance(field, models.GeneratedField) for field in fields)


def test_an_error_report_is_closed_by_someone_and_can_be_reopened(editor):
    report = ErrorReport.objects.create(code=editors.code(), text="The title is cut off.")
    report.close(editor)
    report.refresh_from_db()
    assert (report.state, report.done_by) == ("done", editor)
    report.reopen()
    report.refresh_from_db()
    assert (report.state, report.done_by, report.done_at) == ("new", None, None)
