"""A code page and the lists that lead to it as a person meets them: with keys, without scripts, on a phone."""

import pytest

from tests import drawn
from tests.browser.looks import PHONE, WIDE, found_by_axe

NO_SCRIPT = {"java_script_enabled": False}
CODE = "/icd-10-cm/E11.9/"
HEADER = "/icd-10-cm/E11/"
LIST = "/icd-10-cm/Z00-Z99/"


@pytest.fixture
def reader_page(page, reader_client, live_server):
    """The same browser, logged in."""
    session = reader_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


@pytest.fixture
def long_list(diabetes):
    """A range with fourteen codes below, enough for a filter."""
    above = drawn.code(diabetes.release, "Z00-Z99", "Factors influencing health status")
    for number in range(14):
        drawn.code(diabetes.release, f"Z{number + 10}", f"Drawn factor {chr(97 + number) * 3}", above)
    return above


def shown(page):
    """The codes of the lines that can be seen."""
    return page.locator("#lines > li:visible .code").all_text_contents()


def test_the_button_copies_the_code(page, diabetes):
    page.goto(CODE)
    page.locator(".code-head [data-copy]").click()
    page.get_by_role("button", name="Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "E11.9"


def test_a_list_is_filtered_while_one_types(page, long_list):
    page.goto(LIST)
    page.get_by_label("Only lines with").press_sequentially("ccc")
    assert shown(page) == ["Z12"]
    assert page.locator(".filter [role=status]").text_content() == "1 of 14 shown"


def test_j_k_and_enter_go_down_from_a_list_to_a_code(page, long_list):
    page.goto(LIST)
    for key in ("j", "j", "k", "j", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/icd-10-cm/Z11/")


def test_keys_walk_the_choices_below_a_header(page, diabetes):
    page.goto(HEADER)
    for key in ("j", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/icd-10-cm/E11.65/")


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_scripts_a_list_is_filtered_by_its_form(page, long_list):
    page.goto(LIST)
    page.get_by_label("Only lines with").fill("ccc")
    page.get_by_role("button", name="Filter").click()
    assert shown(page) == ["Z12"]


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_scripts_links_lead_from_the_top_to_a_code(page, diabetes):
    page.goto("/icd-10-cm/")
    for code in ("E00-E89", "E08-E13", "E11", "E11.9"):
        page.locator("main .lines a", has=page.get_by_text(code, exact=True)).click()
    assert page.locator("h1").text_content() == "E11.9"


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_scripts_the_date_of_service_is_asked_by_its_form(page, diabetes):
    page.goto(CODE)
    page.get_by_label("Date of service").fill("2026-05-01")
    page.get_by_role("button", name="Show").click()
    assert "answered by FY2026" in page.locator(".date-bar").text_content()


@pytest.mark.parametrize("page", [{"viewport": PHONE}], indirect=True)
def test_the_bar_at_the_foot_of_a_phone_leads_to_the_notes(reader_page, diabetes):
    reader_page.goto(CODE)
    reader_page.locator(".foot-bar").get_by_role("link", name="Notes").click()
    heading = reader_page.get_by_role("heading", name="Coding guidelines and notes")
    assert 0 <= heading.bounding_box()["y"] < PHONE["height"] / 2


@pytest.mark.parametrize("page", [{"viewport": WIDE}], indirect=True)
def test_the_answer_stands_above_the_fold(reader_page, diabetes):
    reader_page.goto(CODE)
    box = reader_page.locator("#facts").bounding_box()
    assert box["y"] + box["height"] < 360


def test_axe_finds_nothing_for_a_guest(page, long_list):
    opened, closed = "/icd-10-cm/E11.65/", CODE
    assert found_by_axe(page, [opened, closed, LIST]) == []


def test_axe_finds_nothing_for_a_reader(reader_page, diabetes):
    assert found_by_axe(reader_page, [CODE, HEADER, "/case2code/?q=diabetes", "/icd-10-cm/E11.99/"]) == []


def test_axe_finds_nothing_on_a_grid_of_choices(page, fracture):
    assert found_by_axe(page, ["/icd-10-cm/S72.00/"]) == []
