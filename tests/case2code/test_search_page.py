"""Search and code lookup, as typed into the box on every page."""

import json

import pytest

from accounts.models import PageView

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def codes(response):
    import re

    return re.findall(r'<li data-code="([^"]+)"', text(response))


@pytest.mark.parametrize("typed", ["E11.9", "e119", "E119", " e11.9 ", "E11-9".replace("-", ".")])
def test_a_code_in_any_spelling_stands_first(guest, diabetes, typed):
    assert codes(guest.get("/case2code/", {"q": typed}))[0] == "E11.9"


def test_an_exact_code_is_marked(guest, diabetes):
    assert 'class="exact"' in text(guest.get("/case2code/?q=E11.9"))


def test_the_beginning_of_a_code_finds_those_below(guest, diabetes):
    assert set(codes(guest.get("/case2code/?q=E11"))) == {"E11", "E11.65", "E11.9", "E11.A"}


def test_words_of_a_title_find_it(guest, diabetes):
    assert codes(guest.get("/case2code/?q=diabetes with hyperglycemia")) == ["E11.65"]


def test_an_inclusion_term_finds_its_code_and_is_named(guest, diabetes):
    page = guest.get("/case2code/?q=drawn measure")
    assert codes(page) == ["E11.65"] and "inclusion term: Sugar above the drawn measure" in text(page)


def test_a_code_search_shows_no_inclusion_term(guest, diabetes):
    assert "drawn measure" not in text(guest.get("/case2code/?q=E11.65"))


def test_searching_never_opens_a_code_page(guest, diabetes):
    response = guest.get("/case2code/?q=E11.9")
    assert response.status_code == 200 and not PageView.objects.exists()


def test_results_of_a_licensed_set_show_our_short_name_only(guest, carriers):
    page = text(guest.get("/case2code/?q=20703"))
    assert "Taken out, inside bone" in page and "Taking out a carrier" not in page


def test_lay_text_is_in_no_result(guest, diabetes):
    assert "Sugar builds up" not in text(guest.get("/case2code/?q=E11.9"))


@pytest.mark.parametrize("typed", ["", "a", "?!", "  "])
def test_too_little_to_search_for_gets_advice(guest, diabetes, typed):
    response = guest.get("/case2code/", {"q": typed})
    assert response.status_code == 200 and "two letters or more" in text(response)


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", "q=" + "x" * 501])
def test_what_cannot_be_read_is_400_with_a_sentence(guest, db, query):
    response = guest.get(f"/case2code/?{query}")
    assert response.status_code == 400 and "Please" in text(response)


def test_hostile_words_are_words(guest, diabetes):
    response = guest.get("/case2code/", {"q": "'<script>alert(1)</script> OR 1=1--"})
    assert response.status_code == 200 and "<script>alert" not in text(response)


def test_no_result_says_what_to_try(guest, diabetes):
    assert "Try fewer words" in text(guest.get("/case2code/?q=xylophone"))


def test_results_keep_to_the_day_asked_for(guest, diabetes):
    for term in diabetes.e1165.terms.all():
        term.terminated_on = "2026-05-31"
        term.save()
    assert codes(guest.get("/case2code/?q=hyperglycemia&dos=2026-06-01")) == []


def test_an_ended_code_is_called_so(guest, diabetes):
    diabetes.e119.descriptors.update(terminated_on="2026-06-30")
    assert "ended 2026-06-30" in text(guest.get("/case2code/?q=E11.9"))


def test_suggestions_are_a_list_of_codes(guest, diabetes):
    assert codes(guest.get("/case2code/suggest/?q=E11.9")) == ["E11.9"]


def test_suggestions_speak_opensearch(guest, diabetes):
    words, names, _, addresses = json.loads(
        guest.get("/case2code/suggest/?q=E11.9&format=opensearch").content
    )
    assert (words, names) == ("E11.9", ["E11.9 Type 2 diabetes mellitus without complications"])
    assert addresses[0].endswith("/icd-10-cm/E11.9/")


def test_results_cost_at_most_five_queries(reader_client, diabetes, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        reader_client.get("/case2code/?q=diabetes")


@pytest.mark.parametrize("word", ["%00", "nope"])
def test_a_code_set_that_is_none_is_400(guest, db, word):
    assert guest.get(f"/case2code/?q=diabetes&code_set={word}").status_code == 400


def test_a_range_is_found_as_it_is_written(guest, diabetes):
    assert codes(guest.get("/case2code/?q=e08-e13"))[0] == "E08-E13"


def test_a_word_that_is_only_ruled_out_gets_advice(guest, diabetes):
    assert "two letters or more" in text(guest.get("/case2code/?q=-diabetes"))


def test_a_day_outside_the_editions_is_said_of_each_result(guest, diabetes):
    page = guest.get("/case2code/?q=e11.9&dos=2020-01-01")
    assert "day outside the loaded editions" in text(page)


def test_the_day_stays_in_the_links_of_results(guest, diabetes):
    assert 'href="/icd-10-cm/E11.9/?dos=2026-05-01"' in text(guest.get("/case2code/?q=e11.9&dos=2026-05-01"))
