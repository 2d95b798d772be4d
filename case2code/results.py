"""Search results ready for their templates: only what may stand outside an opened page."""

from django.db.models import Prefetch

from codes.editions import Editions
from codes.models import Code, Descriptor, loaded
from codes.names import use
from codes.spelling import dotted

PER_PAGE = 20


def results(words, dos, today, page=1, code_set=None):
    """A page of results and whether another follows: two queries, and one for the editions where a day is asked."""
    first = (page - 1) * PER_PAGE
    codes = (
        Code.objects.search(words, on=dos, code_set=code_set)
        .select_related("code_set")
        .prefetch_related(Prefetch("descriptors", Descriptor.objects.select_related("release")))
    )[first : first + PER_PAGE + 1]
    editions = Editions(loaded.current() if dos else [], dos, today)
    rows = [result(code, editions) for code in codes]
    return rows[:PER_PAGE], len(rows) > PER_PAGE


def result(code, editions):
    """One code as a result."""
    windows = sorted(code.descriptors.all(), key=lambda window: window.effective_on)
    window = on_the_day(windows, editions.dos)
    title = free_title(code.code_set, window)
    term = code.matched_term if code.code_set.is_public_domain else None
    return {
        "code": code.display,
        "address": code.get_absolute_url() + (f"?dos={editions.dos}" if editions.dos else ""),
        "code_set": code.code_set,
        "title": title,
        "term": term if term and term.lower() not in title.lower() else "",
        "is_exact": code.rank_group == 0,
        "path": " › ".join(dotted(code.code_set.slug, above) for above in code.path),
        "state": state(code, window, editions),
    }


def holds(window, day):
    """Whether a descriptor is in force on the day."""
    return window.effective_on <= day and (window.terminated_on is None or window.terminated_on >= day)


def on_the_day(windows, dos):
    """The descriptor in force on the day; without one, or without a day, the latest."""
    held = [window for window in windows if dos and holds(window, dos)]
    return held[0] if held else windows[-1] if windows else None


def free_title(code_set, window):
    """The public descriptor, our own short name of a demonstration release, or nothing."""
    if window is None:
        return ""
    if code_set.is_public_domain:
        return window.long
    return window.short if window.release.is_demonstration else ""


def state(code, window, editions):
    """What may be done with the code on the day, in two or three words."""
    if code.kind == code.Kind.RANGE:
        return "list"
    if window is None:
        return "no longer loaded"
    if editions.dos and editions.answer(editions.of_code_set(code.code_set.slug)) is None:
        return "day outside the loaded editions"
    day = editions.dos or editions.today
    if window.terminated_on and window.terminated_on < day:
        return f"ended {window.terminated_on}"
    if window.effective_on > day:
        return f"begins {window.effective_on}"
    return use(code.code_set.slug) if window.billable else "choose below"
