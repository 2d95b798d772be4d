"""ZIP codes and localities as a reader types them."""

import pytest

from codes.places import Place, in_words, parsed


@pytest.mark.parametrize("typed", ["36104", "36104-1234", "361041234"])
def test_a_zip_code_is_its_first_five_digits(typed):
    assert parsed(typed) == Place(zip="36104")


def test_a_locality_is_mac_and_number():
    place = parsed("10112-00")
    assert (place.mac, place.number) == ("10112", "00")


@pytest.mark.parametrize(
    "typed", ["", "3610", "3610a", "36104-12", "10112-000", "٣٦١٠٤", "36104\n", " 36104"]
)
def test_anything_else_is_no_place(typed):
    place = parsed(typed)
    assert place is None or place.locality == typed


@pytest.mark.parametrize(
    ("capitals", "words"),
    [
        ("ALABAMA", "Alabama"),
        ("SEATTLE (KING CNTY)", "Seattle (King county)"),
        ("DC + MD/VA SUBURBS", "DC + MD/VA Suburbs"),
        ("REST OF WASHINGTON", "Rest of Washington"),
    ],
)
def test_a_locality_is_named_without_its_capitals(capitals, words):
    assert in_words(capitals) == words
