"""NCCI pairs: one pair, and all pairs of a code. For readers, without the meter; a guest sees which codes they are."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from codes import ncci
from codes.editions import Editions
from codes.models import loaded
from codes.models import ncci as queries
from codes.presenters import pairs as present
from codes.spelling import normal
from codes.views import asked
from codes.views.code_pages import redirect
from codes.views.errors import no_such_code
from codes.views.kept_pages import filled, kept_page

LONGEST = 5  # characters of a CPT or HCPCS code
BY_WORD = {word: number for number, word in ncci.SETTING_WORDS.items()}


@dataclass(frozen=True)
class Asked:
    """What a list of pairs is asked for: setting (None: the first that is loaded), column, what the other code begins
    with, and the code behind which the page begins."""

    setting: int | None
    column: int
    starts: str
    after: str


def pair(request, one, two):
    """Both orders of a pair, every window, and what they say on the date of service."""
    dos, setting = asked.date_of_service(request), setting_of(request)
    codes = [stored(one), stored(two)]
    if codes[0] and codes[0] == codes[1]:
        raise BadRequest("A pair needs two different codes, such as /ncci/99291/99285/.")
    kept, found = queries.find(codes)
    for typed, code in zip((one, two), codes, strict=True):
        if code not in found:
            return no_such_code(request, "cpt", typed)
    if request.path != (canonical := reverse("codes:ncci_pair", args=codes)):
        return redirect(canonical, request)
    editions = Editions(loaded.editions(kept), dos, timezone.localdate())
    return answered(
        request,
        "codes/pair.html",
        (*codes, dos, editions.today, setting, kept),
        lambda: present.shell(*codes, found, dos),
        lambda: present.pair_page(*codes, found, editions, setting),
    )


def pairs_of(request, code):
    """The pairs of one code in one setting and column, a page at a time."""
    dos, wanted = asked.date_of_service(request), asked_of(request)
    number = stored(code)
    kept, found = queries.find([number])
    if number not in found:
        return no_such_code(request, "cpt", code)
    if request.path != (canonical := reverse("codes:ncci_list", args=[number])):
        return redirect(canonical, request)
    editions = Editions(loaded.editions(kept), dos, timezone.localdate())
    return answered(
        request,
        "codes/pair_list.html",
        (number, dos, editions.today, wanted, kept),
        lambda: {
            "code": number,
            "address": ncci.code_address(number),
            "dos": dos,
            **present.named(found, number),
        },
        lambda: present.pair_list(number, found, editions, wanted),
    )


def answered(request, template, key, shell, whole):
    """The page: whole for a reader, the shell with a locked card for a guest; never in a shared cache."""
    is_reader = request.user.is_authenticated
    context = whole if is_reader else shell
    pieces = kept_page(
        ("ncci", template, is_reader, *key),
        template,
        lambda: context() | {"is_locked": not is_reader, "path": request.path},
    )
    response = filled(pieces, request)
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


def stored(typed):
    """A code in any spelling as it is stored; empty where it can be none."""
    code = normal(typed) if len(typed) <= 12 else ""
    return code if len(code) == LONGEST else ""


def setting_of(request):
    """`?setting=` as a number, None where it is not given."""
    word = request.GET.get("setting", "")
    if word and word not in BY_WORD:
        raise BadRequest("The setting must be practitioner or hospital.")
    return BY_WORD.get(word)


def asked_of(request):
    """What the list is asked for; 400 with a sentence where it cannot be read."""
    column = request.GET.get("column", "1")
    if column not in {"1", "2"}:
        raise BadRequest("The column must be 1 or 2.")
    starts, after = normal(asked.words(request, "q")), normal(asked.words(request, "after"))
    if max(len(starts), len(after)) > LONGEST or "-" in starts + after:
        raise BadRequest("Search with the first characters of a code, such as 97 or G04.")
    return Asked(setting_of(request), int(column), starts, after)
