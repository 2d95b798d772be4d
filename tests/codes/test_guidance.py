"""Our own guidelines and checklists: where they are shown, when, and by whose decision."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from codes.models import CodeSet, Guidance
from tests import drawn
from tests.codes import editors

pytestmark = pytest.mark.django_db
WORDS = "Look at the drawn sugar first; high sugar is E11.65."
TYPED = {
    "kind": "checklist",
    "code_set": "",
    "first": "e11.9",
    "last": "",
    "title": "What the record must show",
    "body": "- the drawn type",
    "author_role": "Medical editor",
    "sources": "",
}


@pytest.fixture
def editor():
    return editors.account("Editor")


@pytest.fixture
def reviewer():
    return editors.account("Reviewer")


@pytest.fixture
def form(diabetes):
    """What an editor types about E11.9."""
    return TYPED | {"code_set": diabetes.release.code_set_id}


def reread(text):
    return Guidance.objects.get(pk=text.pk)


def page(client, address="/icd-10-cm/E11.9/"):
    return client.get(address).content.decode()


def part(html, key):
    """One section of a page."""
    return html.partition(f'id="section-{key}"')[2].partition("</section>")[0]


# where and when readers see it


def test_a_guideline_stands_in_the_guidelines_marked_as_ours(diabetes, reader_client):
    drawn.guidance("icd-10-cm", "E08-E13", WORDS)
    section = part(page(reader_client), "guidelines")
    assert "Our guidance: A drawn title" in section
    assert "Our own text for E08–E13, not an official rule." in section
    assert "not yet reviewed by a certified coder (2026-11-24)" in section


def test_a_checklist_stands_in_history_and_compliance(diabetes, reader_client):
    drawn.guidance("icd-10-cm", "E08-E13", WORDS, kind="checklist")
    html = page(reader_client)
    assert "Documentation checklist: A drawn title" in part(html, "history")
    assert "A drawn title" not in part(html, "guidelines")


def test_codes_that_it_names_are_links(diabetes, reader_client):
    drawn.guidance("icd-10-cm", "E08-E13", WORDS)
    assert 'href="/icd-10-cm/E11.65/">E11.65</a>' in part(page(reader_client), "guidelines")


@pytest.mark.parametrize("span", ["E11.9", "E11", "E08-E13", "E08-E11", ""])
def test_it_is_shown_on_the_codes_of_its_range(diabetes, reader_client, span):
    drawn.guidance("icd-10-cm", span, WORDS)
    assert "A drawn title" in page(reader_client)


@pytest.mark.parametrize("span", ["E11.A", "E11.65", "E12-E13", "E08-E10"])
def test_it_is_not_shown_beside_its_range(diabetes, reader_client, span):
    drawn.guidance("icd-10-cm", span, WORDS)
    assert "A drawn title" not in page(reader_client)


def test_it_is_not_shown_on_another_code_set(diabetes, carriers, reader_client):
    drawn.guidance("icd-10-cm", "", WORDS)
    assert "A drawn title" not in page(reader_client, "/cpt/20703/")


@pytest.mark.parametrize(
    ("days", "is_shown"),
    [
        ((date(2026, 4, 1), date(2026, 5, 31)), False),
        ((date(2026, 6, 1), date(2026, 6, 1)), True),
        ((date(2026, 6, 2), None), False),
        ((None, None), True),
    ],
)
def test_it_answers_for_the_day_of_service(diabetes, reader_client, days, is_shown):
    drawn.guidance("icd-10-cm", "E11.9", WORDS, effective_on=days[0], terminated_on=days[1])
    assert ("A drawn title" in page(reader_client, "/icd-10-cm/E11.9/?dos=2026-06-01")) is is_shown


def test_the_nearest_range_comes_first(diabetes, reader_client):
    for span, title in (("", "The whole"), ("E08-E13", "The block"), ("E11.9", "The code")):
        drawn.guidance("icd-10-cm", span, WORDS, title=title)
    section = part(page(reader_client), "guidelines")
    assert section.index("The code") < section.index("The block") < section.index("The whole")


def test_beside_it_the_page_says_what_is_not_loaded(carriers, reader_client):
    drawn.guidance("cpt", "20700-20705", "The drawn place decides.")
    section = part(page(reader_client, "/cpt/20703/"), "guidelines")
    assert "The official part is not loaded. It comes with the AMA" in section
    assert "The drawn place decides." in section


def test_a_guest_gets_none_of_it(diabetes, guest):
    for kind in Guidance.Kind:
        drawn.guidance("icd-10-cm", "E11.9", WORDS, kind=kind)
    assert "drawn sugar" not in page(guest)


def test_it_costs_the_page_no_query(diabetes, reader_client):
    page(reader_client)
    counts = []
    for fill in (lambda: drawn.lay(diabetes.e11a, "x"), lambda: drawn.guidance("icd-10-cm", "E11.9", WORDS)):
        fill()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(reader_client, f"/icd-10-cm/E11.9/?dos=2026-06-0{len(counts) + 1}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_kept_page_is_made_anew_when_a_text_is_published(diabetes, reader_client, reviewer):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    assert "drawn sugar" in page(reader_client)
    text.withdraw(reviewer)
    assert "drawn sugar" not in page(reader_client)


# the steps


def test_a_first_text_is_a_draft_that_no_reader_sees(diabetes, editor, reader_client):
    text = Guidance(code_set=diabetes.release.code_set, kind="guideline", title="New", body="Drawn draft.")
    text.revise(editor)
    assert (reread(text).state, reread(text).history.get().history_user) == ("draft", editor)
    assert "Drawn draft." not in page(reader_client)


def test_a_new_draft_leaves_what_readers_see(diabetes, editor, reader_client):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    text.body = "Another drawn text."
    text.revise(editor)
    assert reread(text).state == "draft"
    assert "drawn sugar" in page(reader_client)


def test_publishing_shows_it_as_reviewed_by_someone_on_a_day(diabetes, reviewer, reader_client):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    text.publish(reviewer)
    text = reread(text)
    assert (text.state, text.published_by, text.is_seed) == ("published", reviewer, False)
    assert f"Reviewed {text.published['on']}" in page(reader_client)


def test_an_editor_cannot_move_what_readers_see(diabetes, editor):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    text.first, text.last, text.published = "", "", {"body": "Unseen"}
    text.revise(editor)
    assert (reread(text).first, reread(text).published["body"]) == ("E119", WORDS)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first": "E13", "last": "E08"}, "last"),
        ({"first": "", "last": "E08"}, "first"),
        ({"first": "Z99"}, "first"),
        ({"first": "E11", "effective_on": date(2026, 2, 1), "terminated_on": date(2026, 1, 1)}, "__all__"),
    ],
)
def test_a_wrong_range_is_refused_in_a_sentence(diabetes, typed, field):
    given = {**TYPED, "code_set": diabetes.release.code_set} | typed
    with pytest.raises(ValidationError) as refusal:
        Guidance(**given).full_clean()
    assert list(refusal.value.message_dict) == [field]


def test_an_ms_drg_has_no_guideline():
    given = {**TYPED, "kind": "guideline", "code_set": CodeSet.objects.known("ms-drg"), "first": ""}
    with pytest.raises(ValidationError, match="write a checklist"):
        Guidance(**given).full_clean()


def test_the_database_refuses_a_range_that_is_turned_round(diabetes):
    with pytest.raises(IntegrityError):
        drawn.guidance("icd-10-cm", "E13-E08", WORDS)


# the admin


def test_an_editor_writes_a_draft_in_any_spelling(editor, form):
    editors.browser(editor).post("/admin/codes/guidance/add/", form)
    text = Guidance.objects.get()
    assert (text.first, text.last, text.state, text.published) == ("E119", "E119", "draft", {})


def test_an_editor_cannot_publish(editor, form):
    assert (
        editors.browser(editor).post("/admin/codes/guidance/add/", form | {"_publish": "1"}).status_code
        == 403
    )
    assert not Guidance.objects.exists()


def test_a_reviewer_saves_and_publishes(reviewer, form):
    editors.browser(reviewer).post("/admin/codes/guidance/add/", form | {"_publish": "1"})
    text = Guidance.objects.get()
    assert (text.state, text.published["body"], text.published_by) == ("published", form["body"], reviewer)


@pytest.mark.parametrize(("group", "state"), [("Editor", "published"), ("Reviewer", "draft")])
def test_only_a_reviewer_withdraws(diabetes, group, state):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    editors.browser(editors.account(group)).post(
        "/admin/codes/guidance/", {"action": "withdraw", "_selected_action": text.pk}
    )
    assert reread(text).state == state


def test_a_reviewer_publishes_from_the_list(diabetes, reviewer):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    editors.browser(reviewer).post(
        "/admin/codes/guidance/", {"action": "publish", "_selected_action": text.pk}
    )
    assert reread(text).published_by == reviewer


@pytest.mark.parametrize(("group", "has_button"), [("Editor", False), ("Reviewer", True)])
def test_the_form_previews_and_offers_what_one_may_do(diabetes, group, has_button):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    html = page(editors.browser(editors.account(group)), f"/admin/codes/guidance/{text.pk}/change/")
    assert 'href="/icd-10-cm/E11.65/"' in html
    assert ('name="_publish"' in html) is has_button
    assert ('name="first"' in html) is has_button


@pytest.mark.parametrize("address", ["", "?q=sugar", "add/", "{pk}/history/", "{pk}/history/{line}/"])
def test_an_editor_sees_every_page_of_it(diabetes, editor, address):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    address = address.format(pk=text.pk, line=text.history.get().pk)
    assert editors.browser(editor).get(f"/admin/codes/guidance/{address}").status_code == 200


def test_going_back_to_an_earlier_text_is_a_draft(diabetes, editor, form):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    line = text.history.get().pk
    text.withdraw(editors.account("Reviewer"))
    editors.browser(editor).post(f"/admin/codes/guidance/{text.pk}/history/{line}/", form)
    assert (reread(text).state, reread(text).published) == ("draft", {})


def test_nobody_deletes_it(diabetes):
    text = drawn.guidance("icd-10-cm", "E11.9", WORDS)
    operator = editors.account(email="operator@example.org", is_staff=True, is_superuser=True)
    answer = editors.browser(operator).post(f"/admin/codes/guidance/{text.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 403


def test_the_permissions_go_back_and_forth():
    migration = import_module("codes.migrations.0013_guidance")
    mine = Group.objects.get(name="Reviewer").permissions.filter(codename__endswith="_guidance")
    migration.take_permissions(apps, None)
    assert not mine.exists()
    migration.give_permissions(apps, None)
    assert mine.count() == 4
