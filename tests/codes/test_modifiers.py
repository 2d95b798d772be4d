"""Modifiers: the list and the page of each, free, in our own words for CPT."""

import csv

import pytest

from accounts.models import PageView
from codes import indicators, modifiers
from codes.models import HcpcsFact
from tests import drawn

pytestmark = pytest.mark.django_db
CPT = {
    "22",
    "24",
    "25",
    "26",
    "27",
    "91",
    "95",
    "62",
    "66",
    "73",
    "74",
    *map(str, range(50, 60)),
    *map(str, range(76, 83)),
}
HANDS = {"FA", "TA", *(f"{letter}{number}" for letter in "FT" for number in range(1, 10))}
SIDES = {"LT", "RT", "E1", "E2", "E3", "E4", "LC", "LD", "LM", "RC", "RI"} | HANDS
OTHERS = {"TC", "AS", "XE", "XS", "XP", "XU", "GA", "GY", "GZ", "KX"}


@pytest.fixture
def official():
    """Two modifiers of a loaded HCPCS file: one that we describe too, one that we do not."""
    release = drawn.release("hcpcs", "2026 Q2", source="hcpcs")
    for position, (code, words) in enumerate((("GA", "Drawn words about a waiver"), ("ZZ", "Drawn words"))):
        HcpcsFact.objects.create(
            release=release, code=code, is_modifier=True, position=position, lines=[words], long=words
        )
    return release


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("code", sorted(CPT | SIDES | OTHERS))
def test_what_coders_use_is_described(code):
    own = modifiers.ours()[code]
    assert own.says and own.used_when


def test_every_modifier_that_an_indicator_admits_is_described():
    admitted = {
        name for each in indicators.INDICATORS for _, names in each.meanings.values() for name in names
    }
    assert admitted <= modifiers.ours().keys()


def test_the_ncci_modifiers_are_those_of_the_manual():
    known = {code for code, each in modifiers.ours().items() if each.is_ncci}
    assert known == SIDES | {"24", "25", "27", "57", "58", "59", "78", "79", "91", "XE", "XS", "XP", "XU"}


def test_our_table_says_each_modifier_once():
    with modifiers.FILE.open(encoding="utf-8", newline="") as lines:
        codes = [row["modifier"] for row in csv.DictReader(lines)]
    assert len(codes) == len(set(codes))


def test_the_list_leads_to_every_modifier(guest):
    page = text(guest.get("/modifiers/"))
    assert all(f'href="/modifiers/{code}/"' in page for code in CPT)


def test_a_page_says_what_when_and_which_indicators(guest):
    page = text(guest.get("/modifiers/50/"))
    assert "Both sides" in page and "Bilateral" in page and "150 % of one code" in page


def test_our_own_words_are_called_so(guest):
    page = text(guest.get("/modifiers/25/"))
    assert "In our own words" in page and "not yet reviewed by a certified coder" in page


def test_an_ncci_modifier_says_so(guest):
    assert "NCCI edit" in text(guest.get("/modifiers/59/"))
    assert "NCCI edit" not in text(guest.get("/modifiers/26/"))


def test_a_hcpcs_modifier_has_the_files_words_beside_ours(guest, official):
    page = text(guest.get("/modifiers/GA/"))
    assert "Drawn words about a waiver" in page and "2026 Q2" in page


def test_a_modifier_of_the_file_alone_has_its_page_and_line(guest, official):
    assert "Drawn words" in text(guest.get("/modifiers/ZZ/"))
    assert 'href="/modifiers/ZZ/"' in text(guest.get("/modifiers/"))


def test_an_unknown_modifier_is_a_404(guest):
    assert guest.get("/modifiers/QQQ/").status_code == 404


@pytest.mark.parametrize("typed", ["/modifiers/xs/", "/modifiers/XS"])
def test_another_spelling_leads_to_the_address(guest, typed):
    response = guest.get(typed)
    assert (response.status_code, response["Location"]) == (301, "/modifiers/XS/")


def test_modifiers_cost_no_view(guest):
    guest.get("/modifiers/25/")
    assert not PageView.objects.exists()
