"""What an address asks for beside the code: date of service, place, day of surgery, page, filter."""

import re
from datetime import date

from django.conf import settings
from django.core.exceptions import BadRequest

from codes import places
from codes.models.code_sets import KNOWN

DOS = re.compile(r"\d{4}-\d{2}-\d{2}")
PLACE_COOKIE, A_YEAR = "place", 365 * 24 * 3600
NATIONAL = "national"


def date_of_service(request):
    """`?dos=` as a date, None where it is not given; a sentence and 400 where it is no day."""
    return day(request.GET.get("dos", ""), "date of service")


def day(text, what):
    """A day as it is written in addresses and forms, None where there is none; `what` is its name in the sentence
    that refuses it."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if DOS.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise BadRequest(f"The {what} must be a day written YYYY-MM-DD, such as 2026-05-01.")
    return found


def place(request):
    """`?locality=` or `?zip=` as a place, else the one remembered; a sentence and 400 where it is none."""
    zip_code, locality = (request.GET.get(name, "").strip() for name in ("zip", "locality"))
    of_zip, of_locality = places.parsed(zip_code), places.parsed(locality)
    if zip_code and not (of_zip and of_zip.zip):
        raise BadRequest("The ZIP code must have five digits, such as 36104.")
    if locality == NATIONAL:
        return places.Place()
    if locality and not (of_locality and of_locality.locality):
        raise BadRequest("The locality must be written MAC-locality, such as 10112-00.")
    remembered = places.parsed(request.COOKIES.get(PLACE_COOKIE, ""))
    return of_locality or of_zip or remembered or places.Place()


def remember_place(response, request, found):
    """Keep the place asked for in a cookie for the next code; the nation is the one without a cookie."""
    if not (request.GET.get("zip") or request.GET.get("locality")):
        return
    if not str(found):
        response.delete_cookie(PLACE_COOKIE)
        return
    response.set_cookie(
        PLACE_COOKIE,
        str(found),
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def words(request, name="q", longest=500):
    """A text out of the address; NUL, broken UTF-8 and over-long texts answer 400."""
    text = request.GET.get(name, "")
    if "\0" in text or "\ufffd" in text:
        raise BadRequest("The search holds characters that cannot be read. Please type it again.")
    if len(text) > longest:
        raise BadRequest(f"The search is longer than {longest} characters. Please shorten it.")
    return text.strip()


def page_number(request):
    """`?page=` as a number from 1; what is no number is page 1."""
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def code_set(request):
    """`?code_set=` as the address word of a code set, None where it is not given."""
    word = request.GET.get("code_set", "")
    if word and word not in KNOWN:
        raise BadRequest(f"The code set must be one of {', '.join(KNOWN)}.")
    return word or None
