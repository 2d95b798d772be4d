"""The line that says what is left."""

from datetime import date

import pytest

from accounts import sentences

RESET = date(2026, 12, 1)


def test_the_guests_line_word_for_word():
    assert sentences.for_guest(0) == (
        "0 code page views remaining. Guest accounts are limited to 1 page view. "
        "Register free account to get 5 more views."
    )


def test_the_guests_line_is_true_to_the_settings(settings):
    settings.GUEST_CODE_PAGE_VIEWS, settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS = 2, 1
    assert sentences.for_guest(1) == (
        "1 code page view remaining. Guest accounts are limited to 2 page views. "
        "Register free account to get 1 more view."
    )


def test_no_views_are_offered_where_an_account_brings_none(settings):
    settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS = 0
    assert sentences.for_guest(0).endswith("Register free account.")


def test_a_full_network_is_no_matter_of_the_guests_own_views(settings):
    settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS = 1
    assert sentences.for_full_network() == (
        "The guests of your network have opened today’s code pages. Try again tomorrow, or log in. "
        "Register free account to get 1 more view."
    )


def test_a_reader_at_0_sees_when_views_reset_and_whom_to_ask():
    assert sentences.for_reader(0, RESET) == (
        "0 code page views remaining this month. Your views reset on 2026-12-01. "
        "You can ask for more on your account page."
    )


def test_a_reader_with_views_for_life_sees_no_reset(settings):
    settings.CODE_PAGE_VIEW_PERIOD = "lifetime"
    assert sentences.for_reader(0, None) == (
        "0 code page views remaining. You can ask for more on your account page."
    )


@pytest.mark.parametrize(("period", "span"), [("month", " this month"), ("day", " today"), ("lifetime", "")])
def test_a_readers_line_names_the_period(settings, period, span):
    settings.CODE_PAGE_VIEW_PERIOD = period
    assert sentences.for_reader(1, RESET) == f"1 code page view remaining{span}."


def test_an_unlimited_reader_is_told_so():
    assert sentences.for_reader(None, RESET) == "Unlimited code page views."
