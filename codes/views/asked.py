"""What an address asks for beside the code: date of service, place, day of surgery, page, filter."""

import re
from datetime import date

from django.conf import settings
from django.core.exceptions import BadRequest

from codes import places

DOS = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_YEAR, LAST_YEAR = 1966, 2100  # CPT is the oldest of the code sets
LONGEST_FILTER = 100
PLACE_COOKIE, A_YEAR = "place", 365 * 24 * 3600
NATIONAL = "national"


def date_of_service(request):
    """`?dos=` as a date, None where it is not given; a sentence and 400 where it is no day."""
    return day(request, "dos", "date of service")


def day(request, name, what):
    """A parameter of the address as a date; `what` is its name in the sentence that refuses it."""
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if DOS.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise BadRequest(f"The {what} must be a day written YYYY-MM-DD, such as 2026-05-01.")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadRequest(f"The {what} must lie between {FIRST_YEAR} and {LAST_YEAR}.")
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
    """`?page=` as a number from 1; what is no number is page 1 (the list itself takes the last for a larger one)."""
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1
