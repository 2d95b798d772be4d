"""One walk over every address of the site: it answers, it is valid HTML, light, with one h1 and nothing inline."""

import re

import html5lib
import pytest

pytestmark = pytest.mark.django_db

FREE = [
    "/",
    "/about/",
    "/licensing/",
    "/privacy/",
    "/terms/",
    "/releases/",
    "/icd-10-cm/",
    "/icd-10-cm/E00-E89/",
    "/icd-10-cm/E08-E13/",
    "/icd-10-cm/E11/",
    "/cpt/20500-20705/",
    "/case2code/",
    "/case2code/?q=diabetes",
    "/report/icd-10-cm/E11.9/",
    "/modifiers/",
    "/modifiers/25/",
    "/accounts/signup/",
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
]
METERED = ["/icd-10-cm/E11.9/", "/cpt/20703/"]
READERS = ["/account/", "/account/delete/", "/accounts/email/", "/accounts/password/change/"]
MISSING = ["/icd-10-cm/E11.8/", "/nope/", "/nope/1/", "/icd-10-cm/E90-E99/", "/about/us/"]
INLINE = re.compile(r"<[a-z][^>]* (?:style|on[a-z]+)=|<script(?![^>]*(?:src=|ld\+json))[^>]*>|<style")


@pytest.fixture
def world(diabetes, carriers):
    """Something on every page."""


def check(response, status=200):
    """Assert what every page keeps."""
    page = response.content.decode()
    assert response.status_code == status
    assert len(re.findall(r"<h1[\s>]", page)) == 1
    assert not INLINE.search(page)
    assert len(response.content) < 60_000
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    assert not [problem for problem in parser.errors if problem[1] != "unknown"], parser.errors


@pytest.mark.parametrize("address", FREE + METERED)
def test_a_guest_gets_a_whole_page(world, guest, address):
    check(guest.get(address))


@pytest.mark.parametrize("address", FREE[:13] + METERED + READERS)
def test_a_reader_gets_a_whole_page(world, reader_client, address):
    check(reader_client.get(address))


@pytest.mark.parametrize("address", MISSING)
def test_what_is_missing_is_a_whole_404(world, guest, address):
    check(guest.get(address), 404)


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/about", "/about/"),
        ("/licensing", "/licensing/"),
        ("/privacy", "/privacy/"),
        ("/terms", "/terms/"),
        ("/releases", "/releases/"),
        ("/case2code", "/case2code/"),
        ("/case2code?q=diabetes", "/case2code/?q=diabetes"),
        ("/icd-10-cm", "/icd-10-cm/"),
        ("/ICD-10-CM", "/icd-10-cm/"),
        ("/ICD-10-CM/", "/icd-10-cm/"),
        ("/ICD-10-CM/E11.9/", "/icd-10-cm/E11.9/"),
        ("/Icd-10-CM/e119", "/icd-10-cm/E11.9/"),
        ("/ICD-10-CM/E08-E13/", "/icd-10-cm/E08-E13/"),
        ("/CPT/20703/?dos=2026-05-01", "/cpt/20703/?dos=2026-05-01"),
        ("/favicon.ico", "/static/img/favicon.svg"),
    ],
)
def test_another_spelling_of_an_address_is_one_redirect(world, guest, address, leads_to):
    response = guest.get(address)
    assert (response.status_code, response["Location"]) == (301, leads_to)


def test_a_bad_question_is_a_whole_400(world, guest):
    check(guest.get("/icd-10-cm/E11.9/?dos=yesterday"), 400)


@pytest.mark.parametrize("address", READERS)
def test_a_guest_is_sent_to_the_log_in(world, guest, address):
    response = guest.get(address)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/sitemap-codes.xml",
        "/opensearch.xml",
        "/healthz",
    ],
)
def test_programs_get_an_answer(world, guest, address):
    assert guest.get(address).status_code == 200


@pytest.mark.parametrize("address", FREE + METERED + ["/case2code/suggest/?q=E11"])
def test_every_page_is_under_the_content_security_policy(world, guest, address):
    policy = guest.get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
