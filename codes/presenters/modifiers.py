"""The list of modifiers and the page of one, ready for their templates."""

from math import ceil

from django.urls import reverse

from codes.indicators import admitting
from codes.models.modifiers import official
from codes.modifiers import ours

PER_PAGE = 150
OWNERS = {"cpt": "CPT®", "hcpcs": "HCPCS Level II"}
LONGEST = 90  # characters of CMS's words in a line


def modifier_list(page):
    """A page of all modifiers: those that we describe, then the rest of the loaded HCPCS file."""
    known = ours()
    lines = [line(each.code, OWNERS[each.code_set], each.says) for each in known.values()]
    lines += [
        line(fact.code, OWNERS["hcpcs"], shortened(fact.long))
        for fact in official()
        if fact.code not in known
    ]
    pages = ceil(len(lines) / PER_PAGE)
    page = min(page, pages)
    return {
        "lines": lines[(page - 1) * PER_PAGE : page * PER_PAGE],
        "page": page,
        "pages": pages,
        "total": len(lines),
    }


def line(code, owner, says):
    """A line of the list."""
    return {"code": code, "owner": owner, "says": says, "address": reverse("codes:modifier", args=[code])}


def shortened(words):
    """CMS's words, cut at a blank where they are long."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition(' ')[0]} …"


def modifier_page(code):
    """One modifier with its words, the indicators that admit it; None where nobody describes it."""
    own, fact = ours().get(code), official(code).first()
    if own is None and fact is None:
        return None
    return {
        "code": code,
        "own": own,
        "owner": OWNERS[own.code_set if own else "hcpcs"],
        "says": own.says if own else shortened(fact.long),
        "official": fact,
        "rows": [
            {"name": indicator.name, "value": value, "meaning": meaning}
            for indicator, value, meaning in admitting(code)
        ],
    }
