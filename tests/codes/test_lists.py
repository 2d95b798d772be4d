"""Lists: code sets, chapters, blocks and ranges."""

import pytest

from accounts.models import PageView
from codes.models import lists as queries
from tests import drawn

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_a_code_set_lists_its_chapters(guest, diabetes):
    assert 'href="/icd-10-cm/E00-E89/"' in text(guest.get("/icd-10-cm/"))


def test_a_line_counts_the_billable_codes_below_it(guest, diabetes):
    assert "3 billable" in text(guest.get("/icd-10-cm/"))


def test_a_chapter_lists_its_blocks(guest, diabetes):
    assert 'href="/icd-10-cm/E08-E13/"' in text(guest.get("/icd-10-cm/E00-E89/"))


def test_a_block_lists_its_codes(guest, diabetes):
    assert 'href="/icd-10-cm/E11/"' in text(guest.get("/icd-10-cm/E08-E13/"))


def test_lists_are_free(guest, diabetes):
    guest.get("/icd-10-cm/E08-E13/")
    assert not PageView.objects.exists()


def test_a_list_says_what_is_left_before_the_click(guest, diabetes):
    assert "1 code page view remaining." in text(guest.get("/icd-10-cm/E08-E13/"))


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("/icd-10-cm", "/icd-10-cm/"),
        ("/icd-10-cm/e08-e13", "/icd-10-cm/E08-E13/"),
        ("/icd-10-cm/E08–E13/", "/icd-10-cm/E08-E13/"),
    ],
)
def test_other_spellings_are_sent_to_the_one_address(guest, diabetes, typed, canonical):
    response = guest.get(typed)
    assert (response.status_code, response["Location"]) == (301, canonical)


def test_an_unknown_range_is_404(guest, diabetes):
    assert guest.get("/icd-10-cm/E90-E99/").status_code == 404


def test_an_unknown_code_set_is_404(guest, diabetes):
    assert guest.get("/nope/").status_code == 404


def test_the_filter_finds_all_levels_below(guest, diabetes):
    page = text(guest.get("/icd-10-cm/?q=hyperglycemia"))
    assert 'href="/icd-10-cm/E11.65/"' in page and 'href="/icd-10-cm/E11.9/"' not in page


def test_the_filter_takes_the_beginning_of_a_code(guest, diabetes):
    assert 'href="/icd-10-cm/E11.9/"' in text(guest.get("/icd-10-cm/?q=e11.9"))


def test_the_filter_reads_a_percent_sign_as_such(guest, diabetes):
    assert "Nothing here holds these words" in text(guest.get("/icd-10-cm/E08-E13/?q=%25"))


def test_a_filter_that_finds_nothing_says_what_to_try(guest, diabetes):
    assert "Try fewer or shorter ones" in text(guest.get("/icd-10-cm/?q=xylophone"))


def test_a_long_list_has_pages(guest, diabetes, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    page = text(guest.get("/icd-10-cm/?q=type"))
    assert "Page 1 of 2" in page and "page=2" in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_an_odd_page_number_is_no_error(guest, diabetes, page):
    assert guest.get(f"/icd-10-cm/?page={page}").status_code == 200


def test_a_day_outside_the_editions_lists_nothing_and_says_so(guest, diabetes):
    page = text(guest.get("/icd-10-cm/?dos=2019-01-01"))
    assert page.count("outside the loaded editions") == 2 and 'href="/icd-10-cm/E00-E89/' not in page


def test_a_code_that_ended_before_the_day_is_not_listed(guest, diabetes):
    diabetes.e119.descriptors.update(terminated_on="2026-05-31")
    assert "E11.9/" in text(guest.get("/icd-10-cm/?q=complications&dos=2026-05-01"))
    assert "E11.9/" not in text(guest.get("/icd-10-cm/?q=complications&dos=2026-06-01"))


def test_a_licensed_range_lists_our_own_short_names(guest, carriers):
    page = text(guest.get("/cpt/20500-20705/"))
    assert "Taken out, inside bone" in page and "Taking out a carrier" not in page


def test_a_licensed_code_of_a_real_release_is_its_number_alone(guest, carriers):
    carriers.release.is_demonstration = False
    carriers.release.save()
    page = text(guest.get("/cpt/20500-20705/"))
    assert "20703" in page and "Taken out" not in page


def test_the_filter_never_tells_whether_licensed_words_match(guest, carriers):
    assert "Nothing here holds these words" in text(guest.get("/cpt/?q=carrier"))


def test_a_list_costs_at_most_five_queries(reader_client, diabetes, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        reader_client.get("/icd-10-cm/E08-E13/")


def test_every_code_is_reached_by_links_from_its_code_set(guest, diabetes):
    import re

    todo, seen = ["/icd-10-cm/"], set()
    while todo:
        page = todo.pop()
        if page not in seen:
            seen.add(page)
            todo += re.findall(r'href="(/icd-10-cm/[^"?]+/)"', text(guest.get(page)))
    assert {f"/icd-10-cm/{code}/" for code in ("E11", "E11.65", "E11.9", "E11.A")} <= seen


def test_a_pcs_table_is_a_free_list(guest, db):
    release = drawn.release("icd-10-pcs", "FY2024")
    section = drawn.code(release, "0", "Medical and Surgical", kind="range")
    system = drawn.code(release, "0S", "Lower Joints", section, kind="range")
    table = drawn.code(release, "0SR", "Lower Joints, Replacement", system, kind="range")
    drawn.code(release, "0SRD0J9", "Replacement of Left Knee Joint, drawn", table)
    assert 'href="/icd-10-pcs/0SRD0J9/"' in text(guest.get("/icd-10-pcs/0SR/"))
