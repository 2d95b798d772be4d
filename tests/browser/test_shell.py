"""The frame of every page as a person meets it: keys, copying, filters, light and dark, a phone."""

import pytest

from tests.browser.looks import PHONE, found_by_axe

NO_SCRIPT = {"java_script_enabled": False}
PAGES = ["/", "/about/", "/licensing/", "/releases/", "/accounts/signup/"]


def focused(page):
    """The text of the focused element, or its name."""
    return page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


def test_slash_goes_to_the_search_box(page, diabetes):
    page.goto("/about/")
    page.keyboard.press("/")
    assert focused(page) == "q" and page.input_value("#q") == ""


def test_j_and_k_move_the_mark_down_and_up(page, diabetes):
    page.goto("/")
    for key in "jjk":
        page.keyboard.press(key)
    assert focused(page) == "ICD-10-CM"


def test_enter_opens_what_is_marked(page, diabetes):
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/icd-10-cm/")


def test_a_key_typed_into_a_field_is_a_letter(page, diabetes):
    page.goto("/")
    page.focus("#q")
    page.keyboard.type("j/k?")
    assert page.input_value("#q") == "j/k?"


def test_the_question_mark_lists_the_keys(page, diabetes):
    page.goto("/about/")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()


def test_single_keys_can_be_switched_off_and_stay_off(page, diabetes):
    page.goto("/about/")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys are on").uncheck()
    page.goto("/about/")
    page.keyboard.press("/")
    assert focused(page) != "q"


def test_c_copies_the_code(page, diabetes):
    page.goto("/icd-10-cm/E11.9/")
    page.keyboard.press("c")
    page.locator("[role=status]", has_text="E11.9 copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == "E11.9"


def test_the_first_tab_offers_to_skip_to_the_content(page, diabetes):
    page.goto("/about/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_scripts_the_search_still_answers(page, diabetes):
    page.goto("/")
    page.fill("#q", "hyperglycemia")
    page.keyboard.press("Enter")
    assert page.locator("#results > li").first.get_attribute("data-code") == "E11.65"


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_scripts_no_button_is_shown_that_needs_one(page, diabetes):
    page.goto("/icd-10-cm/E11.9/")
    assert not page.locator("[data-copy]:visible, [data-keys]:visible").count()


@pytest.mark.parametrize("page", [{"viewport": PHONE}], indirect=True)
def test_no_page_is_wider_than_a_phone(page, diabetes):
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for address in [*PAGES, "/icd-10-cm/E11.9/"]:
        page.goto(address)
        assert not page.evaluate(wide), address


def test_axe_finds_nothing(page, diabetes):
    assert found_by_axe(page, PAGES) == []


def test_nothing_is_refused_or_missing(page, diabetes):
    troubles = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.goto("/", wait_until="networkidle")
    assert troubles == []
