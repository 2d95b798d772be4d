"""The meter on a code page, put on in `codes/urls.py`: `metered(view)`.

The wrapped view is called with `meter=`. When it knows that the code exists, is canonical and can be
reported, it calls `meter.open(code_set, code)` once, before rendering; for what costs nothing (headers, ended
codes) `meter.free()`. Both give an `Access`, which says what may be shown.
"""

from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import IntegrityError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from accounts import quota, sentences
from accounts.networks import hidden_network

COOKIE = "visitor"
COOKIE_AGE = 60 * 60 * 24 * 400  # the longest that browsers keep one
signer = signing.Signer(salt="accounts.visitor")


class Prefetch(Exception):
    """The browser fetches a page that would cost a view ahead of the click."""


@dataclass(frozen=True, slots=True)
class Access:
    """What this visitor may see of a page, and what is left."""

    is_opened: bool  # the descriptions may be shown
    is_reader: bool  # there is an account: on an opened page the sections may be shown too
    remaining: int | None  # None: any number
    limit: int | None
    resets_on: date | None
    is_first: bool = False  # counted by this very request
    is_network_full: bool = False  # refused because the guests of this network took the day's views

    @property
    def is_unlimited(self):
        """Whether any number of pages may be opened."""
        return self.limit is None

    @property
    def sentence(self):
        """The line for `#page-views`."""
        if self.is_reader:
            return sentences.for_reader(self.remaining, self.resets_on)
        if self.is_network_full:
            return sentences.for_full_network()
        return sentences.for_guest(self.remaining)


class Meter:
    """Opens pages for the visitor behind one request."""

    def __init__(self, request):
        self.request = request
        self.day = timezone.localdate()
        self.who = who_asks(request, self.day)
        self.new_guest_id = None

    def open(self, code_set, code):
        """Open the page of a code that can be reported: one view, unless it is open or none is left."""
        if is_prefetch(self.request):
            raise Prefetch
        page = quota.Page(self.day, code_set, code)
        takes = self.request.method == "GET"  # HEAD shows nothing, so it costs nothing
        count = self._take(page) if takes else quota.peek(self.who, page)
        if count.is_first:
            self._remember(count)
        return self._access(count, count.is_opened)

    def free(self):
        """Show a page that costs nothing: a header, or a code that has ended."""
        return self._access(quota.peek(self.who, quota.Page(self.day)), True)

    def state(self):
        """What is left, on a page that is no code page."""
        return self._access(quota.peek(self.who, quota.Page(self.day)), False)

    def _take(self, page):
        try:
            return quota.open_page(self.who, page)
        except IntegrityError:
            if not self.who.is_reader:
                raise
            # the account was deleted while its page was opened: who is left is a guest without a view
            self.who, self.request.user = quota.Who(), AnonymousUser()
            return quota.Count(limit=0)

    def _remember(self, count):
        if self.who.is_reader:
            self.request.user.visitor_pk = count.visitor_id
        else:
            # a guest whose views were joined to an account keeps his own number, not the account's
            self.new_guest_id = count.visitor_id if count.is_new_guest else self.who.visitor_id

    def _access(self, count, is_opened):
        access = Access(
            is_opened=is_opened,
            is_reader=self.who.is_reader,
            remaining=count.remaining,
            limit=count.limit,
            resets_on=quota.resets_on(self.day),
            is_first=count.is_first,
            is_network_full=count.is_network_full,
        )
        self.request.page_views = access
        return access


def who_asks(request, day):
    """The visitor behind the request: the account where there is one, else the signed cookie."""
    user = request.user
    if not user.is_authenticated:
        return quota.Who(visitor_id=guest_id(request), network=hidden_network(request, day))
    return quota.Who(
        visitor_id=user.visitor_pk,
        user_id=user.pk,
        has_extra_views=not settings.MAIL_IS_SENT or user.has_verified_email,
        is_staff=user.is_staff,
        known=user.known and quota.Known(*user.known),
    )


def guest_id(request):
    """The guest's number from the signed cookie; None where there is none, or a forged one."""
    try:
        return int(signer.unsign(request.COOKIES[COOKIE]))
    except (KeyError, ValueError, signing.BadSignature):
        return None


def access_of(request):
    """The `Access` of this request: of the code page that was opened, else what is left."""
    return getattr(request, "page_views", None) or Meter(request).state()


def metered(view):
    """Put the meter on a code page's view (see the module's text for the protocol)."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        meter = Meter(request)
        try:
            response = _closed(view(request, *args, meter=meter, **kwargs))
        except Prefetch:
            return _closed(HttpResponse(status=503))
        if meter.new_guest_id:
            set_guest_cookie(response, meter.new_guest_id)
        return response

    return wrapper


def is_prefetch(request):
    """Whether the browser fetches ahead of a click: a view is spent by the reader's own click only."""
    headers = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any(value.lower().startswith("prefetch") for value in headers)


def set_guest_cookie(response, visitor_id):
    """Give the guest a number that only we can write."""
    response.set_cookie(
        COOKIE,
        signer.sign(str(visitor_id)),
        max_age=COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _closed(response):
    """Keep the response out of every cache."""
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response
