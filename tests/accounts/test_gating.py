"""What a metered page costs and what it sends."""

import pytest
from django.test import Client

from accounts import quota
from accounts.gating import COOKIE
from accounts.models import PageView, Visitor

pytestmark = pytest.mark.django_db
GUEST_LINE = (
    "0 code page views remaining. Guest accounts are limited to 1 page view. "
    "Register free account to get 5 more views."
)


def body(response):
    return response.content.decode()


def test_a_guest_reads_one_code_page(guest):
    assert body(guest.get("/codes/A01/")) == f"{GUEST_LINE} words"


def test_a_guests_second_code_is_the_wall(guest):
    guest.get("/codes/A01/")
    assert body(guest.get("/codes/A02/")) == f"{GUEST_LINE} wall"


def test_the_wall_answers_200(guest):
    guest.get("/codes/A01/")
    assert guest.get("/codes/A02/").status_code == 200


def test_opening_a_code_again_is_free(guest):
    guest.get("/codes/A01/")
    assert body(guest.get("/codes/A01/")).endswith("words")


def test_a_reader_reads_six_code_pages_and_no_seventh(reader_client):
    pages = [body(reader_client.get(f"/codes/A0{number}/")) for number in range(7)]
    assert [page.split()[-1] for page in pages] == ["words"] * 6 + ["wall"]


def test_a_readers_line_counts_down(reader_client):
    reader_client.get("/codes/A01/")
    assert "4 code page views remaining this month." in body(reader_client.get("/codes/A02/"))


@pytest.mark.parametrize("address", ["/codes/E999/", "/codes/a01/", "/codes/E11/"])
def test_unknown_codes_other_spellings_and_headers_cost_nothing(guest, address):
    guest.get(address)
    assert not PageView.objects.exists()


def test_a_header_is_shown_to_a_guest_with_nothing_left(guest):
    guest.get("/codes/A01/")
    assert body(guest.get("/codes/E11/")).endswith("words")


def test_head_costs_nothing(guest):
    assert guest.head("/codes/A01/").status_code == 200
    assert not PageView.objects.exists()


PREFETCHES = [{"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}, {"x-moz": "prefetch"}]


@pytest.mark.parametrize("header", PREFETCHES)
def test_a_prefetch_gets_an_empty_503_and_costs_nothing(guest, header):
    response = guest.get("/codes/A01/", headers=header)
    assert (response.status_code, response.content, PageView.objects.count()) == (503, b"", 0)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("header", PREFETCHES)
def test_a_prefetch_of_a_free_page_gets_the_page(guest, header):
    response = guest.get("/codes/E11/", headers=header)
    assert response.status_code == 200
    assert body(response).endswith("words")


def test_a_prefetch_of_another_spelling_is_sent_on(guest):
    assert guest.get("/codes/a01/", headers=PREFETCHES[0]).status_code == 301


def test_a_prefetch_by_head_of_a_metered_page_gets_the_503_too(guest):
    assert guest.head("/codes/A01/", headers=PREFETCHES[0]).status_code == 503


def test_a_guest_of_a_full_network_is_told_so(guest, settings):
    settings.GUEST_VIEWS_PER_NETWORK_PER_DAY = 0
    assert body(guest.get("/codes/A01/")) == (
        "The guests of your network have opened today’s code pages. Try again tomorrow, or log in. "
        "Register free account to get 5 more views. wall"
    )


def test_the_page_stays_out_of_every_cache(guest):
    response = guest.get("/codes/A01/")
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]


def test_the_guests_cookie_is_out_of_reach_of_scripts_and_other_sites(guest):
    cookie = guest.get("/codes/A01/").cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]


def test_the_cookie_is_secure_where_the_site_is_https(guest, settings):
    settings.HTTPS = True
    assert guest.get("/codes/A01/").cookies[COOKIE]["secure"]


def test_a_page_that_costs_nothing_sets_no_cookie(guest):
    assert COOKIE not in guest.get("/codes/E11/").cookies


def test_a_reader_gets_no_guest_cookie(reader_client):
    assert COOKIE not in reader_client.get("/codes/A01/").cookies


def test_a_forged_cookie_is_a_new_guest(guest):
    guest.get("/codes/A01/")
    forger = Client()
    forger.cookies[COOKIE] = f"{Visitor.objects.get().pk}:forged"
    forger.get("/codes/A02/")
    assert Visitor.objects.count() == 2


def test_a_cookie_of_a_pruned_guest_starts_afresh(guest):
    guest.get("/codes/A01/")
    Visitor.objects.all().delete()
    assert body(guest.get("/codes/A02/")).endswith("words")


def words_of(client, codes):
    """Which of these codes were opened, one after the other."""
    return [code for code in codes if body(client.get(f"/codes/{code}/")).endswith("words")]


def test_a_pruned_guest_who_kept_the_cookie_opens_one_code_and_no_second(guest):
    guest.get("/codes/A01/")
    Visitor.objects.all().delete()
    assert words_of(guest, ["A02", "A03", "A04"]) == ["A02"]


def test_a_guest_of_a_deleted_account_opens_one_code_and_no_second(guest, reader):
    guest.get("/codes/A01/")
    quota.merge(Visitor.objects.get().pk, reader.pk)
    reader.close()
    assert words_of(guest, ["A02", "A03", "A04"]) == ["A02"]


def test_a_guest_joined_to_an_account_keeps_the_own_number(guest, reader, settings):
    settings.GUEST_CODE_PAGE_VIEWS = 2
    guest.get("/codes/A01/")
    number = guest.cookies[COOKIE].value
    quota.merge(Visitor.objects.get().pk, reader.pk)
    guest.get("/codes/A02/")
    assert guest.cookies[COOKIE].value == number


def test_other_pages_say_what_is_left(guest):
    assert body(guest.get("/plain/?counter")).startswith("1 code page view remaining.")


def test_guests_cannot_see_whether_a_code_was_opened_by_others(guest):
    guest.get("/codes/A01/")
    assert body(Client().get("/codes/A01/")).endswith("words")
    assert PageView.objects.count() == 2


# Queries, transaction control aside


def queries(client, address, count):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    control = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    asked = [query["sql"] for query in captured if not query["sql"].startswith(control)]
    assert len(asked) <= count, "\n".join(asked)
    return len(asked)


def test_a_guest_reopening_a_page_costs_one_query(guest):
    guest.get("/codes/A01/")
    queries(guest, "/codes/A01/", 1)


def test_a_reader_reopening_a_page_costs_three_queries(reader_client):
    reader_client.get("/codes/A01/")
    queries(reader_client, "/codes/A01/", 3)


def test_a_guests_first_opening_costs_at_most_four_more(guest):
    queries(guest, "/codes/A01/", 5)


def test_a_known_guests_opening_costs_at_most_four_more(guest, settings):
    settings.GUEST_CODE_PAGE_VIEWS = 2
    guest.get("/codes/A01/")
    queries(guest, "/codes/A02/", 6)


def test_a_readers_first_opening_costs_at_most_four_more(reader_client):
    queries(reader_client, "/codes/A01/", 7)


def test_a_readers_next_opening_costs_at_most_four_more(reader_client):
    reader_client.get("/codes/A01/")
    queries(reader_client, "/codes/A02/", 7)


def test_a_page_that_does_not_use_the_counter_asks_nothing(guest):
    guest.get("/codes/A01/")
    queries(guest, "/plain/", 0)


def test_a_new_guest_on_a_list_asks_nothing(guest):
    queries(guest, "/plain/?counter", 0)
