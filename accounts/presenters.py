"""What the account page and the export show of a reader."""

from typing import NamedTuple

from django.utils import timezone

from accounts import panels
from accounts.models import PageView, Visitor
from accounts.quota import period_of

SHOWN = 100  # the export has all of them


class Opened(NamedTuple):
    """One line of “what you opened”."""

    code_set: str
    name: str  # “ICD-10-CM”
    code: str  # undotted, as there is a page for it
    at: object
    is_free: bool  # opened in this period, so opening it again costs nothing


def opened_pages(visitor, day):
    """The reader's latest code pages, newest first; what is opened in this period, then the earlier ones."""
    period = period_of(day)
    views = PageView.objects.filter(visitor=visitor) if visitor else PageView.objects.none()
    rows = [_opened(view, period) for view in views[:SHOWN]]
    return [row for row in rows if row.is_free], [row for row in rows if not row.is_free]


def _opened(view, period):
    # the stem that is counted may end in the place-holder, with which there is no page: T1490X is T14.90
    code = view.code.rstrip("X") if view.code_set == "icd-10-cm" and len(view.code) == 6 else view.code
    return Opened(view.code_set, view.code_set.upper(), code, view.opened_at, view.period == period)


def own_data(user):
    """All that the site keeps about the reader, as JSON can hold it; never the password, not even hashed."""
    visitor = Visitor.objects.filter(user=user).first()
    return {
        "exported_at": timezone.localtime().isoformat(timespec="seconds"),
        "account": _account(user),
        "email_addresses": list(user.emailaddress_set.values("email", "verified", "primary").order_by("pk")),
        "allowance": _allowance(visitor),
        "page_views": _page_views(visitor),
        **panels.exported(user),
    }


def _account(user):
    return {
        "email": user.email,
        "registered_at": _moment(user.date_joined),
        "last_login_at": _moment(user.last_login),
        "has_password": user.has_usable_password(),
        "is_staff": user.is_staff,
        "groups": list(user.groups.values_list("name", flat=True)),
    }


def _allowance(visitor):
    if visitor is None:
        return None
    return {
        "counted_since": _moment(visitor.created),
        "code_pages_in_a_period": visitor.allowance,
        "is_unlimited": visitor.is_unlimited,
        "asked_for_more_on": visitor.asked_on and visitor.asked_on.isoformat(),
        "asked_for_more_in_words": visitor.asked_for,
    }


def _page_views(visitor):
    views = PageView.objects.filter(visitor=visitor) if visitor else PageView.objects.none()
    rows = views.values("code_set", "code", "period", "opened_at")
    return [row | {"opened_at": _moment(row["opened_at"])} for row in rows]


def _moment(value):
    return value and timezone.localtime(value).isoformat(timespec="seconds")
