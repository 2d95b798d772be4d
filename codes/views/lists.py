"""Lists: code sets, chapters, blocks, ranges and tables. Free, never metered."""

from django.http import Http404
from django.utils import timezone

from codes.editions import Editions
from codes.models import loaded
from codes.models.lists import find_code_set
from codes.names import address
from codes.presenters.lists import code_set_list, range_list
from codes.spelling import dotted
from codes.views import asked
from codes.views.code_pages import find, redirect
from codes.views.errors import no_such_code
from codes.views.kept_pages import filled, kept_page


def code_set(request, code_set):
    """The top level of a code set."""
    found = find_code_set(code_set)
    if found is None:
        raise Http404
    canonical = f"/{found.slug}/"
    if request.path != canonical:
        return redirect(canonical, request)
    return listed(request, found, code_set_list, canonical)


def range_page(request, code_set, code):
    """A chapter, block, range or table."""
    found = find(code_set, code)
    if found is None or not found.windows:
        return no_such_code(request, code_set, code)
    canonical = address(found.slug, dotted(found.slug, found.code))
    if request.path != canonical:
        return redirect(canonical, request)
    return listed(request, found, range_list, canonical)


def listed(request, found, present, canonical):
    """The list on its date of service, kept until a release changes; a filtered one is made anew."""
    dos, words = asked.date_of_service(request), asked.words(request, longest=100)
    page = asked.page_number(request)
    editions = Editions(loaded.editions(found.loaded), dos, timezone.localdate())
    made_from = (canonical, dos, editions.today, page, found.loaded)
    pieces = kept_page(
        None if words else made_from,
        "codes/code_list.html",
        lambda: present(found, editions, page, words) | {"canonical": canonical},
    )
    return filled(pieces, request)
