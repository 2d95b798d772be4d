"""What each release changed, as a page and as a feed."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from codes.models import Release, ReleaseChange
from codes.word_diff import word_diff
from tests import drawn

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def changed(diabetes):
    """A release that added E11.A, reworded E11.9 and made E11 a header; and a change beside the codes."""
    for subject, change, before, after in (
        ("E11A", "added", "", "In remission, drawn"),
        ("E119", "changed", "Sugar without complications", "Diabetes without complications"),
        ("E11", "changed", "Diabetes", "Diabetes (not billable)"),
        ("E115", "ended", "Old words, drawn", ""),
    ):
        ReleaseChange.objects.create(
            release=diabetes.release, what="code", change=change, subject=subject, before=before, after=after
        )
    ReleaseChange.objects.create(
        release=diabetes.release, what="MUE", change="changed", subject="20703", before="2", after="17"
    )
    return diabetes.release


def text(response):
    return response.content.decode()


def test_the_list_leads_to_what_a_release_changed(guest, changed):
    assert f'href="/releases/{changed.pk}/">What it changed' in text(guest.get("/releases/"))


def test_a_release_without_changes_has_no_such_link(guest, diabetes):
    assert "What it changed" not in text(guest.get("/releases/"))


def test_each_change_names_its_code_and_words(guest, changed):
    page = text(guest.get(f"/releases/{changed.pk}/"))
    assert '<a href="/icd-10-cm/E11.A/">E11.A</a>' in page and "In remission, drawn" in page
    assert "<del>Sugar</del><ins>Diabetes</ins> without complications" in page
    assert "now a header: choose below" in page and "Old words, drawn" in page


def test_the_page_is_narrowed_to_a_kind(guest, changed):
    page = text(guest.get(f"/releases/{changed.pk}/?what=code&change=ended"))
    assert "Old words, drawn" in page and "In remission, drawn" not in page


def test_guests_see_how_many_other_facts_changed_and_readers_which(guest, reader_client, changed):
    page = text(guest.get(f"/releases/{changed.pk}/"))
    assert "Also 1 MUE changed" in page and "Register to view content" in page
    assert "20703" not in page and "17" not in page.replace("2026", "")[page.index("<main") :]
    assert '<a href="/cpt/20703/">20703</a>' in text(reader_client.get(f"/releases/{changed.pk}/"))


def test_a_pair_leads_to_its_page_and_a_line_with_a_modifier_to_its_code(reader_client, changed):
    for what, subject in (("PTP edit", "20702 20703"), ("RVUs or global days", "20704 26")):
        ReleaseChange.objects.create(release=changed, what=what, change="changed", subject=subject)
    page = text(reader_client.get(f"/releases/{changed.pk}/"))
    assert '<a href="/ncci/20702/20703/">20702 20703</a>' in page
    assert '<a href="/cpt/20704/">20704 26</a>' in page
    assert "1 code’s RVUs or global days changed" in page


def test_many_changes_come_in_pages_under_60_kb(guest, diabetes):
    ReleaseChange.objects.bulk_create(
        ReleaseChange(
            release=diabetes.release,
            what="code",
            change="added",
            subject=f"A{number:04}",
            after="Words " * 40,
        )
        for number in range(150)
    )
    first, last = (guest.get(f"/releases/{diabetes.release.pk}/?page={page}") for page in (1, 3))
    assert len(first.content) < 60_000
    assert "A00.01" in text(first) and "A01.49" in text(last) and "Page 3 of 3" in text(last)


def test_a_page_beyond_the_last_shows_nothing_and_answers(guest, changed):
    assert guest.get(f"/releases/{changed.pk}/?page=999").status_code == 200


@pytest.mark.parametrize("query", ["?change=sideways", f"?what={'x' * 50}", "?what=%00"])
def test_a_filter_that_is_none_is_refused_in_a_sentence(guest, changed, query):
    response = guest.get(f"/releases/{changed.pk}/{query}")
    assert response.status_code == 400 and "kind of" in text(response)


def test_a_release_that_is_not_loaded_is_not_found(guest, changed):
    Release.objects.update(state="replaced")
    assert guest.get(f"/releases/{changed.pk}/").status_code == 404
    assert guest.get("/releases/999999/").status_code == 404


def test_the_feed_has_an_entry_for_each_release(guest, changed):
    response = guest.get("/releases/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    entries = ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 (our own answer)
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["ICD-10-CM FY2026, April 2026 update"]
    assert entries[0].findtext(f"{ATOM}summary") == (
        "Tabular list: codes, titles, notes. 1 MUE changed, 1 code added, 2 codes changed, 1 code ended."
    )
    assert entries[0].find(f"{ATOM}link").get("href").endswith(f"/releases/{changed.pk}/")


def test_the_feed_leaves_demonstrations_out(guest, carriers):
    assert b"<entry>" not in guest.get("/releases/feed/").content


def test_the_list_names_its_feed(guest, db):
    assert 'type="application/atom+xml"' in text(guest.get("/releases/"))


def test_the_pages_take_few_queries(guest, changed, django_assert_max_num_queries):
    drawn.release("icd-10-pcs", "FY2026", date(2025, 10, 1))
    with django_assert_max_num_queries(4):
        guest.get("/releases/feed/")
    with django_assert_max_num_queries(6):
        guest.get(f"/releases/{changed.pk}/")


def test_a_word_diff_keeps_what_is_the_same():
    assert word_diff("Loose body in toe joints", "Loose body in toe joint(s)") == [
        ("same", "Loose body in toe "),
        ("gone", "joints"),
        ("come", "joint(s)"),
    ]


def test_a_word_diff_of_equal_texts_is_one_run():
    assert word_diff("Cholera", "Cholera") == [("same", "Cholera")]
    assert word_diff("", "") == []
