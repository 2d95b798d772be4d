"""Lists: code sets, chapters, blocks, ranges and tables. Free, never metered."""

from django.conf import settings
from django.core.cache import caches
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from codes.editions import Editions
from codes.models.lists import find_code_set
from codes.names import address
from codes.presenters.date_bar import date_bar
from codes.presenters.lists import code_set_list, range_list
from codes.views import asked
from codes.views.code_pages import find, redirect
from codes.views.errors import no_such_code, no_such_code_set


def code_set(request, code_set):
    """The top level of a code set."""
    found = find_code_set(code_set)
    if found is None:
        return no_such_code_set(request, code_set)
    canonical = f"/{found.slug}/"
    if request.path != canonical:
        return redirect(canonical, request)
    return listed(request, found, code_set_list, canonical)


def range_page(request, code_set, code):
    """A chapter, block, range or table."""
    found = find(code_set, code)
    if found is None or not found.windows:
        return no_such_code(request, code_set, code)
    canonical = address(found.slug, found.code)
    if request.path != canonical:
        return redirect(canonical, request)
    return listed(request, found, range_list, canonical)


def listed(request, found, present, canonical):
    """The list on its date of service; what is the same for all is kept until a release changes."""
    dos, words, page = (
        asked.date_of_service(request),
        asked.words(request, longest=100),
        asked.page_number(request),
    )
    editions = Editions.from_rows(found.editions, dos, timezone.localdate())
    key = f"{canonical}:{dos}:{editions.today}:{page}:{words!r}:{found.loaded_at and found.loaded_at.timestamp()}"
    parts = caches["pages"].get(key)
    if parts is None:
        shown = present(found, editions, page, words)
        parts = {name: shown[name] for name in ("heading", "page", "pages", "total")} | {
            "display": shown.get("display", ""),
            "name": found.name,
            "body": render_to_string("codes/_list_body.html", shown | {"dos": dos, "canonical": canonical}),
        }
        if not words:
            caches["pages"].set(key, parts)
    context = {
        "bar": date_bar(editions, found.slug),
        "dos": dos,
        "canonical": canonical,
        "site": settings.SITE_URL,
    }
    return render(request, "codes/code_list.html", context | parts)
