"""The rules of the meter, and the merge of a guest's views."""

from datetime import date

import pytest
from django.utils import timezone

from accounts import quota
from accounts.models import NetworkDay, PageView, User, Visitor
from accounts.quota import Count, Page, Who

DAY = date(2026, 11, 24)
GUEST = Who()
READER = Who(user_id=1, has_extra_views=True)


# The rules


@pytest.mark.parametrize(
    ("period", "name"), [("month", "2026-11"), ("day", "2026-11-24"), ("lifetime", "lifetime")]
)
def test_a_period_is_named_after_the_setting(settings, period, name):
    settings.CODE_PAGE_VIEW_PERIOD = period
    assert quota.period_of(DAY) == name


@pytest.mark.parametrize(
    ("period", "day", "reset"),
    [
        ("month", DAY, date(2026, 12, 1)),
        ("month", date(2026, 12, 31), date(2027, 1, 1)),
        ("month", date(2026, 1, 31), date(2026, 2, 1)),
        ("day", date(2026, 12, 31), date(2027, 1, 1)),
        ("lifetime", DAY, None),
    ],
)
def test_views_reset_at_the_next_period(settings, period, day, reset):
    settings.CODE_PAGE_VIEW_PERIOD = period
    assert quota.resets_on(day) == reset


def test_a_guest_opens_one_page():
    assert quota.limit_of(GUEST) == 1


def test_a_reader_opens_six_pages_all_in_all():
    assert quota.limit_of(READER) == 6


def test_a_reader_who_has_not_answered_the_mail_opens_what_a_guest_opens():
    assert quota.limit_of(Who(user_id=1)) == 1


def test_the_settings_change_the_limits(settings):
    settings.GUEST_CODE_PAGE_VIEWS, settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS = 3, 10
    assert (quota.limit_of(GUEST), quota.limit_of(READER)) == (3, 13)


def test_an_allowance_stands_in_place_of_the_limit():
    assert quota.limit_of(READER, allowance=40) == 40


def test_an_allowance_of_0_opens_nothing():
    assert quota.limit_of(READER, allowance=0) == 0


def test_an_unlimited_reader_opens_any_number():
    assert quota.limit_of(READER, is_unlimited=True) is None


def test_staff_open_any_number():
    assert quota.limit_of(Who(user_id=1, is_staff=True)) is None


def test_a_guest_joined_to_an_unlimited_reader_stays_a_guest():
    assert quota.limit_of(GUEST, allowance=40, is_unlimited=True) == 1


def test_nothing_remains_rather_than_less_than_nothing():
    assert Count(limit=1, opened=6).remaining == 0


def test_any_number_remains_without_a_limit():
    assert Count(limit=None, opened=6).remaining is None


# Taking


def take(who, code, day=DAY):
    return quota.open_page(who, Page(day, "icd-10-cm", code))


@pytest.fixture
def known_guest(db):
    """A guest who has opened A00."""
    return Who(visitor_id=take(GUEST, "A00").visitor_id)


def test_a_refused_view_writes_nothing(known_guest):
    take(known_guest, "A01")
    assert PageView.objects.count() == 1


def test_the_next_month_starts_afresh(known_guest):
    assert take(known_guest, "A01", date(2026, 12, 1)).is_first


def test_a_page_of_last_month_counts_again(known_guest):
    take(known_guest, "A00", date(2026, 12, 1))
    assert PageView.objects.count() == 2


def test_the_same_letters_in_two_code_sets_are_two_codes(db, reader):
    who = Who(user_id=reader.pk, has_extra_views=True)
    quota.open_page(who, Page(DAY, "icd-10-cm", "A00"))
    assert quota.open_page(who, Page(DAY, "hcpcs", "A00")).is_first


def test_a_lower_limit_later_refuses_new_pages_and_keeps_opened_ones(reader, opened):
    opened(6)
    Visitor.objects.filter(user=reader).update(allowance=2)
    who = Who(visitor_id=reader.visitor.pk, user_id=reader.pk)
    today = timezone.localdate()
    assert take(who, "A00", today).is_opened
    assert not take(who, "B00", today).is_opened


def test_a_full_network_refuses_a_new_guest(db, settings):
    settings.GUEST_VIEWS_PER_NETWORK_PER_DAY = 1
    take(Who(network="n"), "A00")
    assert take(Who(network="n"), "A00").is_network_full


def test_a_full_network_does_not_stop_a_reader(db, settings, reader):
    settings.GUEST_VIEWS_PER_NETWORK_PER_DAY = 0
    assert take(Who(user_id=reader.pk, network="n"), "A00").is_first


def test_rate_limits_off_lifts_the_ceiling_of_a_network(db, settings):
    settings.GUEST_VIEWS_PER_NETWORK_PER_DAY, settings.RATE_LIMITS = 0, False
    assert take(Who(network="n"), "A00").is_first


def test_rate_limits_off_never_lifts_the_meter(known_guest, settings):
    settings.RATE_LIMITS = False
    assert not take(known_guest, "A01").is_opened


def test_a_refused_guest_is_not_counted_for_the_network(known_guest):
    take(known_guest, "A01")
    assert NetworkDay.objects.get().views == 1


# The merge


def test_a_guests_page_is_the_readers_after_the_merge(known_guest, reader):
    quota.merge(known_guest.visitor_id, reader.pk)
    assert PageView.objects.get().visitor.user == reader


def test_a_page_opened_by_both_counts_once(known_guest, reader):
    take(Who(user_id=reader.pk), "A00")
    quota.merge(known_guest.visitor_id, reader.pk)
    assert PageView.objects.count() == 1


def test_merging_twice_changes_nothing(known_guest, reader):
    for _ in range(2):
        quota.merge(known_guest.visitor_id, reader.pk)
    assert (PageView.objects.count(), Visitor.objects.count()) == (1, 2)


def test_a_merged_guest_counts_on_the_account(known_guest, reader):
    quota.merge(known_guest.visitor_id, reader.pk)
    assert not take(known_guest, "A01").is_opened


def test_a_guest_joined_to_one_account_is_not_joined_to_the_next(known_guest, reader):
    other = User.objects.create_user("other@example.org")
    quota.merge(known_guest.visitor_id, reader.pk)
    quota.merge(known_guest.visitor_id, other.pk)
    assert PageView.objects.get().visitor.user == reader


def test_a_browser_without_a_number_gets_one_of_the_account(reader):
    assert Visitor.objects.get(pk=quota.join(None, reader.pk)).merged_into.user == reader


def test_the_number_of_a_reader_in_a_cookie_is_none_to_keep(reader, opened):
    number = opened(1).pk
    assert quota.join(number, reader.pk) != number


def test_a_pruned_guest_is_nothing_to_merge(reader):
    quota.merge(4711, reader.pk)
    assert not Visitor.objects.exists()


def test_the_number_of_a_reader_in_a_cookie_merges_nothing(reader, opened):
    visitor = opened(1)
    other = User.objects.create_user("other@example.org")
    quota.merge(visitor.pk, other.pk)
    assert PageView.objects.get().visitor.user == reader
