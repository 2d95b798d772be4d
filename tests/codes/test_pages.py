"""The pages about the site itself, its frame, and its error pages."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from codes.presenters.releases import release_groups
from tests import drawn

pytestmark = pytest.mark.django_db

PAGES = ["/", "/about/", "/licensing/", "/privacy/", "/terms/", "/releases/"]


def text(response):
    return response.content.decode()


class Tags(HTMLParser):
    """Which elements a page has, and with which attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


# The frame of every page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers(guest, address):
    assert guest.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_of_the_first_level(guest, address):
    assert len(Tags(text(guest.get(address))).named("h1")) == 1


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_main_part_to_skip_to(guest, address):
    tags = Tags(text(guest.get(address)))
    assert [main["id"] for main in tags.named("main")] == ["main"]
    assert tags.named("a")[0]["href"] == "#main"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_style_or_script_of_its_own(guest, address):
    tags = Tags(text(guest.get(address)))
    assert all("src" in script for script in tags.named("script"))
    assert not tags.named("style") and not any("style" in attributes for _, attributes in tags.found)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_nothing_from_elsewhere(guest, address):
    tags = Tags(text(guest.get(address)))
    loaded = [link["href"] for link in tags.named("link") if link["rel"] != "canonical"]
    loaded += [script["src"] for script in tags.named("script")]
    assert all(each.startswith("/") for each in loaded)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_its_canonical_address(guest, address):
    links = Tags(text(guest.get(f"{address}?x=1"))).named("link")
    assert [link["href"] for link in links if link["rel"] == "canonical"] == [f"http://testserver{address}"]


def test_every_page_has_a_description_of_its_own(guest):
    described = {
        meta["content"]
        for address in PAGES
        for meta in Tags(text(guest.get(address))).named("meta")
        if meta.get("name") == "description"
    }
    assert len(described) == len(PAGES)


def test_every_file_that_a_page_loads_is_there(guest):
    tags = Tags(text(guest.get("/")))
    names = [link["href"] for link in tags.named("link")] + [each["src"] for each in tags.named("script")]
    files = [name.removeprefix("/static/") for name in names if name.startswith("/static/")]
    assert files and all(finders.find(name) for name in files)


def test_a_message_is_shown_once(guest, reader):
    credentials = {"login": reader.email, "password": "a-long-pass-phrase"}
    page = text(guest.post("/accounts/login/", credentials, follow=True))
    assert page.count('class="messages') == 1
    assert 'class="messages' not in text(guest.get("/account/"))


# What the pages say


def test_about_tells_the_meters_numbers(guest):
    assert "a guest may open 1 code page a month, a free account 5 more" in text(guest.get("/about/"))


def test_the_numbers_follow_the_settings(guest, settings):
    settings.GUEST_CODE_PAGE_VIEWS, settings.CODE_PAGE_VIEW_PERIOD = 3, "day"
    assert "A guest may open 3 code pages a day, a free account 5 more" in text(guest.get("/terms/"))


def test_licensing_names_every_code_set_with_its_publisher(guest):
    page = text(guest.get("/licensing/"))
    assert all(name in page for name in ("ICD-10-CM", "HCPCS Level II", "American Medical Association"))


def test_licensing_says_that_no_ama_text_is_shipped(guest):
    assert "ships no AMA text" in text(guest.get("/licensing/"))


def test_privacy_names_every_cookie_that_is_set(guest, reader, diabetes):
    guest.get("/icd-10-cm/E11.9/")
    guest.get("/accounts/login/")
    guest.force_login(reader)
    page = text(guest.get("/privacy/"))
    assert {"visitor", "csrftoken", "sessionid"} <= set(guest.cookies)
    assert all(f"“{name}”" in page for name in guest.cookies if name != "messages")


# What is loaded


def group(name, today=date(2026, 11, 24)):
    """The releases of one group."""
    return next(each["releases"] for each in release_groups(today) if each["name"] == name)


def test_releases_stand_under_their_code_set(diabetes):
    assert [each["edition"] for each in group("ICD-10-CM")] == ["FY2026, April 2026 update"]


def test_the_latest_release_stands_first(diabetes):
    drawn.release("icd-10-cm", "FY2025", date(2024, 10, 1), date(2025, 9, 30))
    assert [each["edition"] for each in group("ICD-10-CM")] == ["FY2026, April 2026 update", "FY2025"]


def test_a_release_says_for_which_days_it_answers(diabetes):
    assert group("ICD-10-CM")[0]["days"] == "2026-04-01 to 2026-09-30"


def test_an_open_release_says_from_when(carriers):
    assert group("CPT®")[0]["days"] == "from 2021-01-01" and not group("CPT®")[0]["has_ended"]


def test_a_release_whose_days_are_over_has_ended(diabetes):
    assert group("ICD-10-CM")[0]["has_ended"]
    assert not group("ICD-10-CM", date(2026, 9, 30))[0]["has_ended"]


def test_an_earlier_release_names_the_next_one_of_its_source(diabetes):
    drawn.release("icd-10-cm", "FY2025", date(2024, 10, 1), date(2025, 9, 30))
    drawn.release("icd-10-cm", "FY2024", date(2023, 10, 1), date(2024, 9, 30))
    assert [(each["followed_by"], each["has_ended"]) for each in group("ICD-10-CM")] == [
        ("", True),
        ("FY2026, April 2026 update", False),
        ("FY2025", False),
    ]


def test_a_release_of_another_source_is_not_followed(diabetes, carriers):
    assert group("ICD-10-CM")[0]["followed_by"] == group("CPT®")[0]["followed_by"] == ""


def test_only_the_newest_release_of_a_source_is_called_ended(guest, diabetes):
    drawn.release("icd-10-cm", "FY2025", date(2024, 10, 1), date(2025, 9, 30))
    page = text(guest.get("/releases/"))
    assert page.count(">ended<") == 1
    assert "followed by FY2026, April 2026 update" in page


def test_a_release_says_what_it_changed(guest, diabetes):
    diabetes.release.added, diabetes.release.ended = 1234, 56
    diabetes.release.save()
    page = text(guest.get("/releases/"))
    assert ">1,234</td>" in page and ">56</td>" in page


def test_a_file_that_defines_no_codes_stands_apart(diabetes):
    diabetes.release.pk, diabetes.release.code_set, diabetes.release.source = None, None, "hcc"
    diabetes.release.save()
    assert [each["what"] for each in group("Other files")] == ["Diagnosis to risk adjustment category"]


def test_a_code_set_without_a_release_is_not_loaded(guest, diabetes):
    assert "Not loaded." in text(guest.get("/releases/"))


# Errors


def test_an_unknown_address_has_the_search_box(guest):
    response = guest.get("/no/such/page/at/all/")
    assert response.status_code == 404
    assert Tags(text(response)).named("input")[0]["name"] == "q"


def test_a_bad_address_says_what_is_wrong(guest, diabetes):
    response = guest.get("/icd-10-cm/E11.9/?dos=yesterday")
    assert response.status_code == 400 and "written YYYY-MM-DD" in text(response)


def test_a_closed_page_offers_to_log_in():
    assert 'href="/accounts/login/"' in render_to_string("403.html")


def test_the_page_for_our_own_errors_stands_alone():
    page = render_to_string("500.html")
    assert "<h1>" in page and not re.search(r"<(link|script)", page)


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "429.html"])
def test_an_error_page_needs_no_request(name):
    assert "<h1>" in render_to_string(name)
