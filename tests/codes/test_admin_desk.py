"""The desk: conflicts, preview, history and restore."""

import pytest

from codes.admin.differences import words
from codes.models import LayDescription
from tests.codes import editors

pytestmark = pytest.mark.django_db
MINE = "My own words about taking the device out."
THEIRS = "Their words about taking the device out."


@pytest.fixture
def editor():
    return editors.account("Editor")


@pytest.fixture
def browser(editor):
    return editors.browser(editor)


@pytest.fixture
def reviewer():
    return editors.account("Reviewer")


def address(lay):
    return f"/admin/codes/laydescription/{lay.pk}/change/"


def typed(lay, body=MINE, **more):
    return {"body": body, "author_role": "Medical editor", "sources": "", "seen_version": lay.version} | more


@pytest.fixture
def overtaken(reviewer):
    """A text that a Reviewer saved after the editor opened it; as the editor saw it."""
    lay = editors.lay()
    LayDescription.objects.get(pk=lay.pk).revise(reviewer, body=THEIRS)
    return lay


def test_saving_keeps_what_was_typed(browser):
    lay = editors.lay()
    browser.post(address(lay), typed(lay))
    lay.refresh_from_db()
    assert (lay.body, lay.version) == (MINE, 2)


def test_line_ends_of_browsers_are_no_change(browser):
    lay = editors.lay(body="One.\n\nTwo.")
    browser.post(address(lay), typed(lay, "One.\r\n\r\nTwo."))
    lay.refresh_from_db()
    assert lay.version == 1


def test_after_a_save_in_between_nothing_is_saved(browser, overtaken):
    browser.post(address(overtaken), typed(overtaken))
    overtaken.refresh_from_db()
    assert overtaken.body == THEIRS


def test_after_a_save_in_between_both_texts_are_shown_with_who(browser, overtaken):
    page = browser.post(address(overtaken), typed(overtaken)).content.decode()
    assert f"{MINE}</textarea>" in page
    assert f"{THEIRS}</pre>" in page
    assert "<del>Their</del>" in page
    assert "Saved in between by reviewer@example.org" in page


def test_saving_again_after_comparing_puts_my_text_in_place(browser, overtaken):
    page = browser.post(address(overtaken), typed(overtaken))
    seen = page.context["form"]["seen_version"].value()
    browser.post(address(overtaken), typed(overtaken, seen_version=seen))
    overtaken.refresh_from_db()
    assert overtaken.body == MINE
    assert overtaken.history.filter(body=THEIRS).exists()


@pytest.mark.parametrize("seen", ["", "x", "99999999999999999999"])
def test_a_form_without_its_version_counts_as_overtaken(browser, seen):
    lay = editors.lay()
    browser.post(address(lay), typed(lay, seen_version=seen))
    lay.refresh_from_db()
    assert lay.body == editors.TEXT


def test_a_text_that_someone_else_began_meanwhile_is_a_conflict_too(browser):
    code = editors.code()
    editors.lay(code, body=THEIRS)
    page = browser.post(
        f"/admin/codes/laydescription/add/?code={code.pk}",
        typed(LayDescription(), code=code.pk, seen_version=""),
    )
    assert f"{MINE}</textarea>" in page.content.decode()
    assert LayDescription.objects.get().body == THEIRS


def test_a_step_out_of_turn_keeps_what_was_typed(browser):
    lay = editors.published()
    page = browser.post(address(lay), typed(lay, lay.body, _verb="submit")).content.decode()
    assert "Readers see this very text: change it first." in page
    assert f"{editors.TEXT}</textarea>" in page


def test_an_empty_text_is_refused_with_a_sentence(browser):
    lay = editors.lay()
    page = browser.post(address(lay), typed(lay, "")).content
    assert b"Nothing was saved yet" in page


@pytest.mark.parametrize(("part", "is_page"), [("", True), ("1", False)])
def test_the_preview_shows_safe_html_and_saves_nothing(browser, part, is_page):
    editors.code("20702")
    body = "Not **20702**, <script>alert(1)</script>"
    page = browser.post("/admin/codes/laydescription/preview/", {"body": body, "part": part}).content.decode()
    assert '<a href="/cpt/20702/">20702</a>' in page
    assert "<script>alert" not in page
    assert ("<html" in page) == is_page
    assert not LayDescription.objects.exists()


def test_the_preview_names_codes_that_are_not_loaded(browser):
    page = browser.post("/admin/codes/laydescription/preview/", {"body": "Not 20799.", "part": "1"}).content
    assert b"Named, but not among the loaded codes: 20799." in page


def test_the_preview_is_posted_and_for_editors_only(browser, client):
    assert browser.get("/admin/codes/laydescription/preview/").status_code == 405
    assert client.post("/admin/codes/laydescription/preview/", {"body": "x"}).status_code == 302


def test_the_desk_runs_no_inline_script_or_style(browser):
    page = browser.get(address(editors.lay())).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page


def test_history_shows_what_was_changed_by_whom(browser, editor):
    lay = editors.lay(body="One two three.")
    lay.revise(editor, body="One 2 three.")
    page = browser.get(f"/admin/codes/laydescription/{lay.pk}/history/").content.decode()
    assert "One <del>two</del><ins>2</ins> three." in page
    assert "editor@example.org" in page


def test_history_escapes_what_was_typed(browser, editor):
    lay = editors.lay(body="One.")
    lay.revise(editor, body="<script>alert(1)</script>")
    page = browser.get(f"/admin/codes/laydescription/{lay.pk}/history/").content.decode()
    assert "<script>alert" not in page


def test_a_long_history_has_pages(browser, editor):
    lay = editors.lay()
    for number in range(25):
        lay.revise(editor, body=f"Text {number}.")
    address = f"/admin/codes/laydescription/{lay.pk}/history/"
    assert len(browser.get(address).context["lines"]) == 20
    assert len(browser.get(f"{address}?p=2").context["lines"]) == 6


def restore_address(lay):
    return f"/admin/codes/laydescription/{lay.pk}/history/{lay.history.earliest().pk}/restore/"


def test_an_earlier_text_is_compared_and_restored(browser, editor):
    lay = editors.lay(body="One two three.")
    lay.revise(editor, body="One 2 three.")
    assert b"One <del>2</del><ins>two</ins> three." in browser.get(restore_address(lay)).content
    browser.post(restore_address(lay), {"seen_version": lay.version})
    lay.refresh_from_db()
    assert (lay.body, lay.version) == ("One two three.", 3)


def test_restoring_over_a_save_in_between_is_refused(browser, overtaken):
    browser.post(restore_address(overtaken), {"seen_version": overtaken.version})
    overtaken.refresh_from_db()
    assert overtaken.body == THEIRS


def test_restoring_an_unknown_line_answers_404(browser):
    lay = editors.lay()
    assert browser.get(f"/admin/codes/laydescription/{lay.pk}/history/0/restore/").status_code == 404


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("a b", "a c", [("same", "a "), ("out", "b"), ("in", "c")]),
        ("a", "a", [("same", "a")]),
        ("", "a", [("in", "a")]),
        ("See 20703.", "See 20704.", [("same", "See "), ("out", "20703."), ("in", "20704.")]),
    ],
)
def test_differences_are_told_by_words(before, after, parts):
    assert [(part.kind, part.text) for part in words(before, after)] == parts
