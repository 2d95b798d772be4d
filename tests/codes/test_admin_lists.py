"""The editors' lists: finding a code, and where a text is missing."""

import re

import pytest

from codes.admin.openings import with_openings
from codes.models import Code, Note
from tests.codes import editors

pytestmark = pytest.mark.django_db
CODES = "/admin/codes/code/"


def counts():
    """What the meter would say."""
    return {("cpt", "20702"): 3, ("icd-10-cm", "S72001"): 5, ("cpt", "20703"): 1}


@pytest.fixture(autouse=True)
def opened(settings):
    settings.OPENED_COUNTS = "tests.codes.test_admin_lists.counts"


@pytest.fixture
def browser():
    return editors.browser(editors.account("Editor"))


def codes_in(response):
    """Codes of the rows, in the order of the list."""
    return re.findall(r'field-display"><a[^>]*>([^<]+)</a>', response.content.decode())


@pytest.fixture
def four():
    editors.code("20703", "Removal of deep drug device")
    editors.code("20702", "Placing a drug device inside the bone")
    editors.code("S72001A", "Fracture of right femur, closed", "icd-10-cm")
    editors.code("E119", "Type 2 diabetes mellitus without complications", "icd-10-cm")


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("words", "found"),
    [("20703", ["20703"]), ("e119", ["E11.9"]), ("E11.9", ["E11.9"]), ("diabetes", ["E11.9"]), ("zzz", [])],
)
def test_a_code_is_found_by_number_or_words(browser, words, found):
    assert codes_in(browser.get(CODES, {"q": words})) == found


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("words", ["\x00", "x" * 1000, "'", "%", ":*"])
def test_strange_searches_find_nothing_and_break_nothing(browser, words):
    assert browser.get(CODES, {"q": words}).status_code == 200
    assert browser.get("/admin/codes/laydescription/", {"q": words}).status_code == 200


@pytest.mark.usefixtures("four")
def test_codes_without_a_text_stand_in_the_order_of_opening(browser):
    editors.lay(Code.objects.get(code="20702"))
    assert codes_in(browser.get(CODES, {"lay": "none"})) == ["S72.001A", "20703", "E11.9"]


@pytest.mark.usefixtures("four")
def test_a_list_has_no_lay_description_to_write(browser):
    Code.objects.filter(code="20702").update(kind="range")
    assert "20702" not in codes_in(browser.get(CODES, {"lay": "none"}))


@pytest.mark.usefixtures("four")
def test_seventh_characters_count_as_the_one_page_that_the_meter_counts():
    assert with_openings(Code.objects.all()).get(code="S72001A").opened == 5


def test_without_a_counter_nothing_was_opened(settings):
    settings.OPENED_COUNTS = None
    editors.code("20702")
    assert with_openings(Code.objects.all()).get().opened == 0


@pytest.mark.parametrize(
    ("state", "found"), [("seed", ["20703"]), ("published", ["20703"]), ("draft", ["20702"])]
)
def test_codes_are_filtered_by_how_far_their_text_is(browser, state, found):
    editors.seed(editors.code("20703"))
    editors.lay(editors.code("20702"))
    assert codes_in(browser.get(CODES, {"lay": state})) == found


@pytest.mark.parametrize(("seen", "found"), [("nothing", b"20702"), ("seed", b"20703"), ("older", b"20701")])
def test_texts_are_filtered_by_what_readers_see(browser, seen, found):
    editors.lay(editors.code("20702"))
    editors.seed(editors.code("20703"))
    editors.published(editors.code("20701")).revise(None, body="A new text.")
    page = browser.get("/admin/codes/laydescription/", {"readers": seen}).content
    assert [code for code in (b"20701", b"20702", b"20703") if b">%s</a>" % code in page] == [found]


def test_texts_are_found_by_our_words_and_by_the_official_ones(browser):
    editors.lay(editors.code("20703", "Removal of deep drug device"), body="Beads are taken out.")
    for words in ("beads", "removal", "20703"):
        assert b">20703</a>" in browser.get("/admin/codes/laydescription/", {"q": words}).content


def test_the_desk_of_a_code_shows_the_official_text_beside_the_form(browser):
    code = editors.code("E119", "Type 2 diabetes mellitus without complications", "icd-10-cm")
    window = code.descriptors.get()
    Note.objects.create(
        code=code,
        release=window.release,
        effective_on=window.effective_on,
        kind="use_additional",
        position=0,
        text="insulin (Z79.4)",
    )
    page = browser.get(f"{CODES}{code.pk}/change/").content.decode()
    assert "Type 2 diabetes mellitus without complications</blockquote>" in page
    assert "insulin (Z79.4)" in page
    assert '<textarea name="body"' in page


def test_a_list_of_codes_has_a_desk_without_a_form(browser):
    code = editors.code(kind="range")
    assert b"<textarea" not in browser.get(f"{CODES}{code.pk}/change/").content


@pytest.mark.parametrize("address", [f"{CODES}999999/change/", f"{CODES}x/change/"])
def test_a_desk_that_is_not_there_leads_back_with_a_sentence(browser, address):
    assert browser.get(address).status_code == 302


def test_writing_without_a_code_leads_to_the_codes_without_a_text(browser):
    assert browser.get("/admin/codes/laydescription/add/").url == f"{CODES}?lay=none"
