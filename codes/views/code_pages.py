"""The code page: found, counted, then shown."""

from django.http import HttpResponsePermanentRedirect
from django.utils import timezone

from codes.editions import Editions
from codes.models import loaded, page
from codes.names import address
from codes.places import Place
from codes.presenters.code_page import Shows
from codes.presenters.code_page import code_page as present
from codes.spelling import dotted, normal, stem
from codes.views import asked
from codes.views.errors import no_such_code
from codes.views.kept_pages import filled, kept_page

NOWHERE = Place()


def code_page(request, code_set, code, meter):
    """One code on its date of service; the counter is taken before anything is shown."""
    dos = asked.date_of_service(request)
    place, surgery = asked.place(request), asked.day(request.GET.get("surgery", ""), "day of surgery")
    found = find(code_set, code)
    if found is None or not found.windows:
        return no_such_code(request, code_set, code)
    canonical = address(found.slug, dotted(found.slug, found.code))
    if request.path != canonical:
        return redirect(canonical, request)
    today = timezone.localdate()
    is_metered = found.is_metered(today)
    access = meter.open(found.slug, stem(found.slug, found.code)) if is_metered else meter.free()
    editions = Editions(loaded.editions(found.loaded), dos, today)
    shows = Shows.of(access, request.user)
    questions = (place, surgery) if shows.sections else (NOWHERE, None)
    pieces = kept_page(
        key_of(found, editions, shows, *questions),
        "codes/code_detail.html",
        lambda: present(found, editions, shows, *questions),
    )
    response = filled(pieces, request, access)
    asked.remember_place(response, request, place)
    return response


def find(code_set, code):
    """The code in any spelling; None where no code can be spelt so."""
    stored = normal(code) if len(code) <= 24 else ""
    return page.find(code_set, stored) if stored else None


def redirect(canonical, request):
    """301 to the canonical address, with what was asked for."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{canonical}?{query}" if query else canonical)


def key_of(found, editions, shows, place, surgery):
    """What a page is made from: the code, the days, the place, what is loaded, our texts, and how much may be read."""
    days = editions.dos, editions.today, surgery
    texts = found.changed_at, found.guidance_changed_at
    return found.slug, found.code, days, place, found.loaded, texts, shows
