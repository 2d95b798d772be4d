"""Medicare's fee, worked out from numbers alone."""

from decimal import Decimal

import pytest

from codes import medicare_fee

ALABAMA = {"work": Decimal("1.000"), "practice_expense": Decimal("0.869"), "malpractice": Decimal("0.575")}


def line(status="A", work="1.01", nonfacility="2.73", facility="0.68", malpractice="0.13", **fields):
    """A line of the relative value file: 11042 unless told otherwise."""
    return {
        "status": status,
        "work": Decimal(work),
        "nonfacility_pe": Decimal(nonfacility),
        "nonfacility_na": False,
        "facility_pe": Decimal(facility),
        "facility_na": False,
        "malpractice": Decimal(malpractice),
        "conversion_factor": Decimal("32.3465"),
        **fields,
    }


NOTHING = {"work": "0.00", "nonfacility": "0.00", "facility": "0.00", "malpractice": "0.00"}


@pytest.mark.parametrize(("setting", "fee"), [("nonfacility", "$111.83"), ("facility", "$54.20")])
def test_a_fee_is_the_sum_times_the_conversion_factor(setting, fee):
    assert medicare_fee.in_words(line(), ALABAMA, setting) == fee


@pytest.mark.parametrize(("setting", "fee"), [("nonfacility", "$125.18"), ("facility", "$58.87")])
def test_the_national_fee_has_every_index_one(setting, fee):
    assert medicare_fee.in_words(line(), medicare_fee.NATIONAL, setting) == fee


def test_the_sum_is_not_rounded_before_the_product():
    assert str(medicare_fee.total(line(), ALABAMA, "nonfacility")) == "3.45712"


@pytest.mark.parametrize(("dollars", "rounded"), [("1.005", "1.01"), ("1.0049", "1.00"), ("2.675", "2.68")])
def test_half_a_cent_goes_up(dollars, rounded):
    assert str(medicare_fee.cents(Decimal(dollars))) == rounded


def test_thousands_have_a_comma():
    assert medicare_fee.dollars(Decimal("1259.25")) == "$1,259.25"


def test_na_stands_where_the_file_says_so():
    assert medicare_fee.in_words(line(facility_na=True), ALABAMA, "facility") == "NA"


def test_na_in_one_setting_leaves_the_other():
    assert medicare_fee.in_words(line(facility_na=True), ALABAMA, "nonfacility") == "$111.83"


@pytest.mark.parametrize("status", "ART")
def test_status_a_r_and_t_have_an_amount(status):
    assert medicare_fee.amount(line(status), ALABAMA, "facility") == Decimal("54.20")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("B", "bundled"),
        ("C", "priced by the MAC"),
        ("E", "another may pay"),
        ("I", "not valid for Medicare"),
        ("J", "anesthesia: base and time units"),
        ("M", "measurement"),
        ("N", "not covered"),
        ("P", "bundled"),
        ("X", "another may pay"),
    ],
)
def test_other_statuses_say_why_there_is_none(status, words):
    for units in ({}, NOTHING):
        assert words in medicare_fee.in_words(line(status, **units), ALABAMA, "facility")


def test_r_without_units_is_priced_by_the_mac():
    assert medicare_fee.in_words(line("R", **NOTHING), ALABAMA, "facility") == "priced by the MAC"


def test_a_reason_stands_beside_na():
    assert medicare_fee.reason(line("C", **NOTHING, facility_na=True), "facility") == "NA: priced by the MAC"


def test_there_is_no_amount_where_there_is_a_reason():
    assert medicare_fee.amount(line("X"), ALABAMA, "facility") is None


def test_anesthesia_is_base_and_time_units_times_the_factor():
    rows = medicare_fee.anesthesia(5, Decimal("19.31"))
    assert rows[1] == (60, 4, 9, Decimal("173.79"))
