"""How many code pages a visitor may open: the rules, and the take that decides between parallel requests.

The row lock on the visitor decides: lock, count in a later statement, insert.
Counting in the statement that takes the lock is wrong, since its snapshot is older than the lock; so is any
isolation other than READ COMMITTED.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import NetworkDay, PageView, Visitor

# The rules


def period_of(day):
    """The name of the period that the day lies in."""
    return {"month": f"{day:%Y-%m}", "day": f"{day:%Y-%m-%d}"}.get(settings.CODE_PAGE_VIEW_PERIOD, "lifetime")


def resets_on(day):
    """The first day of the next period; None where views are given once."""
    if settings.CODE_PAGE_VIEW_PERIOD == "day":
        return day + timedelta(days=1)
    if settings.CODE_PAGE_VIEW_PERIOD == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return None


class Known(NamedTuple):
    """What came with the reader's session: the codes opened in a period as (code set, code), and what staff set."""

    period: str
    codes: frozenset
    allowance: int | None
    is_unlimited: bool


@dataclass(frozen=True, slots=True)
class Who:
    """The one who asks: a guest by cookie, or a reader by account."""

    visitor_id: int | None = None
    user_id: int | None = None
    has_extra_views: bool = False
    is_staff: bool = False
    network: str = ""
    known: Known | None = None

    @property
    def is_reader(self):
        """Whether there is an account."""
        return self.user_id is not None


def limit_of(who, allowance=None, is_unlimited=False):
    """How many pages `who` may open in a period; None for any number. A guest has no allowance of his own."""
    if who.is_reader and (is_unlimited or who.is_staff):
        return None
    if who.is_reader and allowance is not None:
        return allowance
    return settings.GUEST_CODE_PAGE_VIEWS + who.has_extra_views * settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS


class Page(NamedTuple):
    """What is counted: a code on a day."""

    day: date
    code_set: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What `who` has opened in the period, and may open."""

    limit: int | None
    opened: int = 0
    is_opened: bool = False
    is_first: bool = False
    is_new_guest: bool = False  # a row was made for a guest without one: the browser must learn its number
    visitor_id: int | None = None
    is_network_full: bool = False

    @property
    def remaining(self):
        """Pages left in the period; None for any number."""
        return None if self.limit is None else max(self.limit - self.opened, 0)


# Looking

PEEK = """
SELECT v.id, v.allowance, v.is_unlimited, count(p.id),
    coalesce(bool_or(p.code_set = %s AND p.code = %s), false)
FROM accounts_visitor g
JOIN accounts_visitor v ON v.id = coalesce(g.merged_into_id, g.id)
LEFT JOIN accounts_pageview p ON p.visitor_id = v.id AND p.period = %s
WHERE g.id = %s GROUP BY v.id
"""


def peek(who, page):
    """What `who` has opened: by what came with the session, else in one query; nothing without a visitor yet."""
    if who.visitor_id is None:
        return Count(limit_of(who))
    if who.known and who.known.period == period_of(page.day):
        return _by_what_is_known(who, page)
    with connection.cursor() as cursor:
        cursor.execute(PEEK, [page.code_set, page.code, period_of(page.day), who.visitor_id])
        row = cursor.fetchone()
    if row is None:
        return Count(limit_of(who))
    visitor_id, allowance, is_unlimited, opened, is_opened = row
    return Count(limit_of(who, allowance, is_unlimited), opened, is_opened, visitor_id=visitor_id)


def _by_what_is_known(who, page):
    known = who.known
    limit = limit_of(who, known.allowance, known.is_unlimited)
    is_opened = (page.code_set, page.code) in known.codes
    return Count(limit, len(known.codes), is_opened, visitor_id=who.visitor_id)


# Taking


def open_page(who, page):
    """The count after opening the page: free where it is open already, one view where one is left."""
    count = peek(who, page)
    if count.is_opened or count.remaining == 0:
        return count
    # under the lock only a count of its own will do
    return take(replace(who, visitor_id=count.visitor_id, known=None), page)


def take(who, page):
    """Take one view, decided under the lock on the visitor's row."""
    if who.visitor_id is None and not who.is_reader:
        return _take_as_new_guest(who, page)
    with transaction.atomic():
        visitor_id, merged_into = _locked(who) or (None, None)
        if visitor_id and merged_into is None:
            return _take_locked(replace(who, visitor_id=visitor_id), page)
    # The row was merged, or deleted, while we waited for it: go on there, or afresh, with the lock left.
    return take(replace(who, visitor_id=merged_into), page)


# A view need not wait for the disk: what a crash may lose is a view or two of the last moment, in the reader's favor.
LOCK = """
SELECT id, merged_into_id, set_config('synchronous_commit', 'off', true) FROM accounts_visitor
WHERE {} = %s FOR UPDATE
"""


def _locked(who):
    """(number, merged into) of the visitor's row, locked; a reader's is made where it is missing."""
    column, value = "id", who.visitor_id
    if value is None:
        column, value = "user_id", who.user_id
        Visitor.objects.bulk_create([Visitor(user_id=value)], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute(LOCK.format(column), [value])
        row = cursor.fetchone()
    return row and row[:2]


def _take_locked(who, page):
    count = peek(who, page)
    if count.is_opened or count.remaining == 0:
        return count
    if not who.is_reader and not _network_gives(who, page.day):
        return replace(count, opened=count.limit, is_network_full=True)
    return _written(count, who.visitor_id, page)


def _take_as_new_guest(who, page):
    count = Count(limit_of(who))
    with transaction.atomic():
        if not _network_gives(who, page.day):
            return replace(count, opened=count.limit, is_network_full=True)
        return replace(_written(count, Visitor.objects.create().pk, page), is_new_guest=True)


WRITE = """
INSERT INTO accounts_pageview (visitor_id, period, code_set, code, opened_at) VALUES (%s, %s, %s, %s, %s)
"""


def _written(count, visitor_id, page):
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [visitor_id, period_of(page.day), page.code_set, page.code, timezone.now()])
    return replace(count, opened=count.opened + 1, is_opened=True, is_first=True, visitor_id=visitor_id)


NETWORK_GIVES = f"""
INSERT INTO {NetworkDay._meta.db_table} AS n (day, network, views) VALUES (%s, %s, 1)
ON CONFLICT (day, network) DO UPDATE SET views = n.views + 1 WHERE n.views < %s RETURNING views
"""  # noqa: S608 (the table's own name)


def _network_gives(who, day):
    """Count one guest's view for the network, unless its day is full."""
    ceiling = settings.GUEST_VIEWS_PER_NETWORK_PER_DAY
    if not settings.RATE_LIMITS:
        return True
    with connection.cursor() as cursor:
        cursor.execute(NETWORK_GIVES, [day, who.network, ceiling])
        return ceiling > 0 and cursor.fetchone() is not None


# Joining a guest's views to an account's


def join(guest_id, user_id):
    """The number that the browser of this log-in keeps: after the log-out it counts on an account, too."""
    if guest_id is not None:
        merge(guest_id, user_id)
        if Visitor.objects.filter(pk=guest_id, user=None).exists():
            return guest_id
    reader, _ = Visitor.objects.get_or_create(user_id=user_id)
    return Visitor.objects.create(merged_into=reader).pk


def merge(guest_id, user_id):
    """What the guest opened is the reader's from now on, and counts once."""
    if not Visitor.objects.filter(pk=guest_id, user=None, merged_into=None).exists():
        return
    Visitor.objects.bulk_create([Visitor(user_id=user_id)], ignore_conflicts=True)
    with transaction.atomic():
        both = Visitor.objects.filter(Q(pk=guest_id) | Q(user_id=user_id))
        # in id order, as every merge does, so that two of them never wait for each other
        rows = {row.user_id: row for row in both.select_for_update().order_by("pk")}
        if None in rows and rows[None].merged_into_id is None:
            _hand_over(rows[None], rows[user_id])


def _hand_over(guest, reader):
    views = guest.page_views.all()
    fields = ("period", "code_set", "code", "opened_at")
    copies = [PageView(visitor=reader, **row) for row in views.values(*fields)]
    PageView.objects.bulk_create(copies, ignore_conflicts=True)
    views.delete()
    guest.merged_into = reader
    guest.save(update_fields=["merged_into"])
