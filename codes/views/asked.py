"""What an address asks for beside the code: date of service, ZIP code, locality, page, filter."""

import re
from datetime import date

from django.core.exceptions import BadRequest

from codes.models.code_sets import KNOWN

ZIP = re.compile(r"\d{5}(-\d{4})?")
LOCALITY = re.compile(r"\d{5}-\d{2}")
DOS = re.compile(r"\d{4}-\d{2}-\d{2}")


def date_of_service(request):
    """`?dos=` as a date, None where it is not given; a sentence and 400 where it is no day."""
    return day_of_service(request.GET.get("dos", ""))


def day_of_service(text):
    """A date of service as it is written in addresses and forms; None where there is none."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if DOS.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise BadRequest("The date of service must be a day written YYYY-MM-DD, such as 2026-05-01.")
    return day


def check_place(request):
    """Refuse a ZIP code or locality that is none, with a sentence and 400."""
    zip_code, locality = request.GET.get("zip", ""), request.GET.get("locality", "")
    if zip_code and not ZIP.fullmatch(zip_code):
        raise BadRequest("The ZIP code must have five digits, such as 36104.")
    if locality and not LOCALITY.fullmatch(locality):
        raise BadRequest("The locality must be written MAC-locality, such as 10112-00.")


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
