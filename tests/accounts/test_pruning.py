"""What `prune_page_views` forgets, and what it keeps."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import quota
from accounts.models import NetworkDay, PageView, Session, Visitor
from accounts.pruning import counts_since, prune

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def visitor_who_opened(day, created=None, **fields):
    """A visitor with one view on this day."""
    visitor = Visitor.objects.create(**fields)
    PageView.objects.create(
        visitor=visitor, period=quota.period_of(day), code_set="cpt", code="20703", opened_at=noon(day)
    )
    Visitor.objects.filter(pk=visitor.pk).update(created=noon(created or day))
    return visitor


def test_a_guest_of_last_month_is_forgotten():
    visitor_who_opened(date(2026, 10, 31))
    assert (prune(DAY).page_views, Visitor.objects.count()) == (1, 0)


def test_a_guest_of_this_month_is_kept():
    visitor_who_opened(date(2026, 11, 1))
    assert (prune(DAY).page_views, Visitor.objects.count()) == (0, 1)


def test_a_guest_who_comes_back_every_month_keeps_the_number():
    guest = visitor_who_opened(DAY, created=date(2025, 1, 1))
    prune(DAY)
    assert Visitor.objects.get() == guest


def test_a_readers_views_are_kept(reader):
    visitor_who_opened(date(2020, 1, 1), user=reader)
    assert (prune(DAY).page_views, PageView.objects.count()) == (0, 1)


def test_a_reader_who_opened_nothing_keeps_the_allowance(reader):
    Visitor.objects.create(user=reader, allowance=40)
    Visitor.objects.update(created=noon(date(2020, 1, 1)))
    prune(DAY)
    assert Visitor.objects.get().allowance == 40


@pytest.mark.parametrize(("days", "left"), [(399, 1), (402, 0)])
def test_a_guest_joined_to_an_account_is_kept_as_long_as_a_cookie(reader, days, left):
    joined = Visitor.objects.create(merged_into=Visitor.objects.create(user=reader))
    Visitor.objects.filter(pk=joined.pk).update(created=noon(DAY - timedelta(days=days)))
    prune(DAY)
    assert Visitor.objects.filter(pk=joined.pk).count() == left


def test_views_for_life_count_as_long_as_a_cookie_is_kept(settings):
    settings.CODE_PAGE_VIEW_PERIOD = "lifetime"
    visitor_who_opened(date(2026, 1, 1))
    visitor_who_opened(date(2025, 1, 1))
    assert prune(DAY).page_views == 1


@pytest.mark.parametrize(("period", "since"), [("month", date(2026, 11, 1)), ("day", DAY)])
def test_views_count_from_the_first_day_of_the_period(settings, period, since):
    settings.CODE_PAGE_VIEW_PERIOD = period
    assert timezone.localtime(counts_since(DAY)).date() == since


def test_networks_of_earlier_days_are_forgotten():
    for day in (DAY, DAY - timedelta(days=1)):
        NetworkDay.objects.create(day=day, network="n", views=3)
    assert prune(DAY).network_days == 1
    assert NetworkDay.objects.get().day == DAY


def test_log_ins_that_have_expired_are_forgotten():
    for key, days in (("over", -1), ("good", 1)):
        ends = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    assert prune(DAY).sessions == 1
    assert Session.objects.get().session_key == "good"


def test_the_command_says_what_went(capsys):
    visitor_who_opened(date(2020, 1, 1))
    call_command("prune_page_views")
    said = capsys.readouterr().out
    assert said == "Deleted 1 page views of guests, 1 guests, 0 network days, 0 sessions.\n"


def test_a_second_run_finds_nothing(capsys):
    call_command("prune_page_views")
    said = capsys.readouterr().out
    assert said == "Deleted 0 page views of guests, 0 guests, 0 network days, 0 sessions.\n"


def test_a_loop_without_hours_between_is_refused():
    with pytest.raises(CommandError, match="hours above 0"):
        call_command("prune_page_views", "--loop", "0")


def test_a_loop_goes_on_until_it_is_stopped(monkeypatch, capsys):
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("accounts.management.commands.prune_page_views.time.sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        call_command("prune_page_views", "--loop", "1.5")
    assert waits == [5400, 5400]
