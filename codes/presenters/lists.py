"""A list of a code set ready for its template: lines with counts, pages, and the filter."""

from math import ceil

from django.conf import settings

from codes.models import lists
from codes.names import address, line
from codes.presenters.date_bar import date_bar
from codes.spelling import dotted, normal


def code_set_list(found, editions, page, words):
    """The top level of a code set, or what below it holds the words."""
    place = lists.Place(found.id)
    return listed(found.slug, place, editions, page, words) | {
        "heading": found.name,
        "what": found.what,
        "code_set": found,
        "above": [],
    }


def range_list(found, editions, page, words):
    """What stands below a chapter, block, range or table, or what of it holds the words."""
    place = lists.Place(found.code_set_id, found.code, found.id, tuple(found.path))
    title = (found.window(day_of(found.slug, editions)) or found.windows[-1])["long"]
    return listed(found.slug, place, editions, page, words, title) | {
        "heading": title,
        "display": dotted(found.slug, found.code),
        "label": found.label,
        "code_set": found,
        "above": [above(found.slug, code) for code in found.path],
        "address": address(found.slug, found.code),
    }


def above(code_set, code):
    """A range above, for the breadcrumb."""
    display = dotted(code_set, code)
    return {"code": display, "address": address(code_set, display)}


def day_of(slug, editions):
    """The day to list for; without a loaded edition today, when nothing is listed."""
    return editions.day(editions.of_code_set(slug)) or editions.today


def listed(slug, place, editions, page, words, title=""):
    """The lines of one page and the numbers around them."""
    own = editions.of_code_set(slug)
    is_outside = bool(own) and editions.answer(own) is None
    rows, total = (
        ([], 0)
        if is_outside
        else lists.lines(
            place,
            day_of(slug, editions),
            page,
            words.split(),
            normal(words) if any(map(str.isdigit, words)) else "",
        )
    )
    return {
        "site": settings.SITE_URL,
        "bar": date_bar(editions, slug),
        "dos": editions.dos,
        "lines": [listed_line(slug, row, title) for row in rows],
        "total": total,
        "page": page,
        "pages": ceil(total / lists.PER_PAGE),
        "words": words,
        "is_outside": is_outside,
        "is_long": total > 12 or bool(words),
        "has_counts": any(row["codes"] for row in rows),
    }


def listed_line(slug, row, title):
    """A line with its counts in words."""
    below = row["billable_below"]
    return line(slug, row) | {
        "codes": f"{row['codes'] or 0:,}",
        "billable_below": f"{below:,}" if below else "",
    }
