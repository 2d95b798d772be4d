"""The line that says what is left, for `#page-views` and everywhere before the click."""

from django.conf import settings


def views(number, what="page view"):
    """“1 page view”, “5 page views”."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def for_guest(remaining):
    """The guest's line, with number and plural true to the settings."""
    limit = views(settings.GUEST_CODE_PAGE_VIEWS)
    left = views(remaining, "code page view")
    return f"{left} remaining. Guest accounts are limited to {limit}. {offer()}"


def for_full_network():
    """The line of a guest whose network has opened as much as one network may on a day."""
    return (
        f"The guests of your network have opened today’s code pages. Try again tomorrow, or log in. {offer()}"
    )


def offer():
    """What an account brings."""
    extra = settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS
    more = f" to get {extra} more {'view' if extra == 1 else 'views'}" if extra else ""
    return f"Register free account{more}."


def for_reader(remaining, resets_on):
    """The reader's line; at 0 with the day it resets and how to ask for more."""
    if remaining is None:
        return "Unlimited code page views."
    span = {"month": " this month", "day": " today"}.get(settings.CODE_PAGE_VIEW_PERIOD, "")
    line = f"{views(remaining, 'code page view')} remaining{span}."
    if remaining:
        return line
    if resets_on:
        line += f" Your views reset on {resets_on:%Y-%m-%d}."
    return f"{line} You can ask for more on your account page."
