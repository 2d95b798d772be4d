"""Search results ready for their templates: only what may stand outside an opened page."""

from django.db.models import Prefetch

from codes.models import Code, Descriptor
from codes.spelling import dotted

PER_PAGE = 20


def results(words, dos, page=1, code_set=None):
    """A page of results and whether another follows: two queries."""
    first = (page - 1) * PER_PAGE
    codes = (
        Code.objects.search(words, on=dos, code_set=code_set)
        .select_related("code_set")
        .prefetch_related(Prefetch("descriptors", Descriptor.objects.select_related("release")))
    )[first : first + PER_PAGE + 1]
    rows = [result(code, dos) for code in codes]
    return rows[:PER_PAGE], len(rows) > PER_PAGE


def result(code, dos):
    """One code as a result."""
    windows = sorted(code.descriptors.all(), key=lambda window: window.effective_on)
    window = on_the_day(windows, dos)
    title = free_title(code.code_set, window)
    term = code.matched_term if code.code_set.is_public_domain else None
    return {
        "code": code.display,
        "address": code.get_absolute_url(),
        "code_set": code.code_set,
        "title": title,
        "term": term if term and term.lower() not in title.lower() else "",
        "is_exact": code.rank_group == 0,
        "path": " › ".join(dotted(code.code_set.slug, above) for above in code.path),
        "state": state(code, window),
    }


def on_the_day(windows, dos):
    """The descriptor in force on the day; without one, or without a day, the latest."""
    held = [
        w
        for w in windows
        if dos and w.effective_on <= dos and (w.terminated_on is None or w.terminated_on >= dos)
    ]
    return held[0] if held else windows[-1] if windows else None


def free_title(code_set, window):
    """The public descriptor, our own short name of a demonstration release, or nothing."""
    if window is None:
        return ""
    if code_set.is_public_domain:
        return window.long
    return window.short if window.release.is_demonstration else ""


def state(code, window):
    """`billable`, `choose below`, `ended 2024-09-30`, or `list` for a range."""
    if code.kind == code.Kind.RANGE:
        return "list"
    if window is None or window.terminated_on:
        return f"ended {window.terminated_on}" if window else ""
    return "billable" if window.billable else "choose below"
