"""What the meter no longer needs of guests; readers' views are theirs until they delete their account."""

from dataclasses import astuple, dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.gating import COOKIE_AGE
from accounts.models import NetworkDay, PageView, Session, Visitor

BATCH = 5000


@dataclass(frozen=True)
class Pruned:
    """How many rows went."""

    page_views: int
    guests: int
    network_days: int
    sessions: int

    def __str__(self):
        return "{} page views of guests, {} guests, {} network days, {} sessions".format(*astuple(self))


def prune(day):
    """Delete what a guest's count on this day, or later, cannot depend on, and log-ins that have expired."""
    since = counts_since(day)
    page_views, _ = PageView.objects.filter(visitor__user=None, opened_at__lt=since).delete()
    guests = _prune_guests(since, _midnight(day) - timedelta(seconds=COOKIE_AGE))
    network_days, _ = NetworkDay.objects.filter(day__lt=day).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return Pruned(page_views, guests, network_days, sessions)


def counts_since(day):
    """The moment from which views count on this day; for life: as long as a browser keeps our cookie."""
    first = {"month": day.replace(day=1), "day": day}.get(settings.CODE_PAGE_VIEW_PERIOD)
    return _midnight(first) if first else _midnight(day) - timedelta(seconds=COOKIE_AGE)


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _prune_guests(since, cookies_end):
    """Guests without a view; those joined to an account stay while a browser may come back as one."""
    idle = Visitor.objects.filter(user=None, created__lt=since).exclude(
        merged_into__isnull=False, created__gte=cookies_end
    )
    gone = 0
    while batch := _delete_unopened(idle.filter(~_has_views())):
        gone += batch
    return gone


@transaction.atomic
def _delete_unopened(guests):
    # a request that takes a view right now holds the row: leave it, and look again once we hold the others
    locked = list(guests.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    _, deleted = Visitor.objects.filter(~_has_views(), pk__in=locked).delete()
    return deleted.get(Visitor._meta.label, 0)


def _has_views():
    return Exists(PageView.objects.filter(visitor=OuterRef("pk")))
