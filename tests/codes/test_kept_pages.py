"""Pages kept whole: the visitor's own parts are never kept, and a change makes a page anew."""

import pytest

from codes.models import Release
from codes.views import kept_pages
from codes.views.kept_pages import SHELF, Shelf, with_day

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_one_readers_name_is_not_in_anothers_page(client, reader_client, diabetes, django_user_model):
    reader_client.get("/icd-10-cm/E11.9/")
    client.force_login(django_user_model.objects.create_user("other@example.org"))
    page = text(client.get("/icd-10-cm/E11.9/"))
    assert "other@…" in page
    assert "reader@…" not in page


def test_what_is_kept_holds_nothing_of_a_visitor(reader_client, diabetes):
    reader_client.get("/icd-10-cm/E11.9/")
    kept = "".join(piece for pieces in SHELF.pages.values() for piece in pieces)
    assert "reader@" not in kept
    assert "remaining" not in kept


def test_a_guest_never_gets_the_page_kept_for_a_reader(guest, reader_client, diabetes):
    reader_client.get("/icd-10-cm/E11.9/")
    assert "gestational diabetes" not in text(guest.get("/icd-10-cm/E11.9/"))


def test_a_published_text_shows_at_once(reader_client, diabetes):
    reader_client.get("/icd-10-cm/E11.9/")
    words = diabetes.e119.lay_description
    words.published_body = "Another text, published since."
    words.save()
    assert "Another text, published since." in text(reader_client.get("/icd-10-cm/E11.9/"))


def test_a_release_makes_every_page_anew(reader_client, diabetes):
    reader_client.get("/icd-10-cm/E11.9/")
    diabetes.e119.descriptors.update(long="A title loaded since")
    Release.objects.get().save()
    assert "A title loaded since" in text(reader_client.get("/icd-10-cm/E11.9/"))


def test_what_has_just_happened_is_said_on_a_kept_page(client, diabetes, reader):
    client.get("/icd-10-cm/E11/")
    client.post(
        "/accounts/login/?next=/icd-10-cm/E11/",
        {"login": "reader@example.org", "password": "a-long-pass-phrase"},
    )
    assert 'role="status"' in text(client.get("/icd-10-cm/E11/"))
    assert 'role="status"' not in text(client.get("/icd-10-cm/E11/"))


def test_a_filtered_list_is_not_kept(guest, diabetes):
    guest.get("/icd-10-cm/?q=hyperglycemia")
    assert not SHELF.pages


def test_the_shelf_lets_the_page_go_that_was_not_asked_for_longest():
    shelf = Shelf(2)
    shelf.put("a", 1)
    shelf.put("b", 2)
    shelf.get("a")
    shelf.put("c", 3)
    assert list(shelf.pages) == ["a", "c"]


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ('href="/icd-10-cm/E11.9/"', 'href="/icd-10-cm/E11.9/?dos=2026-05-01"'),
        ('href="/cpt/"', 'href="/cpt/?dos=2026-05-01"'),
        ('href="/icd-10-cm/E11.9/?"', 'href="/icd-10-cm/E11.9/?"'),
        ('href="/about/"', 'href="/about/"'),
        ('href="https://codes.example/cpt/1/"', 'href="https://codes.example/cpt/1/"'),
    ],
)
def test_the_day_goes_into_links_to_codes_only(link, kept):
    assert with_day(link, "2026-05-01") == kept


def test_the_marks_of_the_holes_are_in_no_text_of_ours():
    assert all(not mark.isprintable() for mark in kept_pages.HOLES.values())
