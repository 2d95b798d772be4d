"""The code page: found, counted, then shown."""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from codes.editions import Editions
from codes.models import page
from codes.names import address
from codes.presenters.code_page import Shows
from codes.presenters.code_page import code_page as present
from codes.presenters.date_bar import date_bar
from codes.spelling import dotted, normal, stem
from codes.views import asked
from codes.views.errors import no_such_code


def code_page(request, code_set, code, meter):
    """One code on its date of service; the counter is taken before anything is shown."""
    dos = asked.date_of_service(request)
    asked.check_place(request)
    found = find(code_set, code)
    if found is None or not found.windows:
        return no_such_code(request, code_set, code)
    canonical = address(found.slug, dotted(found.slug, found.code))
    if request.path != canonical:
        return redirect(canonical, request)
    access = meter.open(found.slug, stem(found.slug, found.code)) if found.is_metered else meter.free()
    editions = Editions.from_rows(found.editions, dos, timezone.localdate())
    parts = rendered(found, editions, Shows.of(access))
    context = {
        "bar": date_bar(editions, found.slug),
        "page_views": access,
        "dos": dos,
        "is_metered": found.is_metered,
    }
    return render(request, "codes/code_detail.html", context | parts)


def find(code_set, code):
    """The code in any spelling; None where no code can be spelt so."""
    stored = normal(code) if len(code) <= 24 else ""
    return page.find(code_set, stored) if stored else None


def redirect(canonical, request):
    """301 to the canonical address, with what was asked for."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{canonical}?{query}" if query else canonical)


def rendered(found, editions, shows):
    """The parts of the page that are the same for all who may read as much, kept until a release or text changes."""
    key = ":".join(
        (
            found.slug,
            found.code,
            str(editions.dos or ""),
            str(editions.today),
            f"{shows.descriptions:d}{shows.account:d}",
            str(found.loaded_at and found.loaded_at.timestamp()),
            str(found.changed_at and found.changed_at.timestamp()),
        )
    )
    parts = caches["pages"].get(key)
    if parts is None:
        parts = render_parts(present(found, editions, shows, settings.SITE_URL))
        caches["pages"].set(key, parts)
    return parts


def render_parts(shown):
    """The finished pieces: title, meta text, structured data and the body as HTML."""
    return {
        "title": f"{shown['display']} {shown['title']}".strip(),
        "name": shown["name"],
        "address": shown["address"],
        "display": shown["display"],
        "edition_label": shown["edition"].label if shown["edition"] else "",
        "structured_data": shown["structured_data"],
        "body": render_to_string("codes/_code_body.html", shown),
    }
