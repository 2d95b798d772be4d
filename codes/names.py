"""How a line of a list names a code: its number, its address, and what may be said of it outside an opened page."""

from functools import lru_cache

from django.urls import reverse

from codes.spelling import dotted


def line(code_set, row, above=""):
    """A row of `codes.models.page.LINE` as templates print it; `above` is a title it need not repeat."""
    display = dotted(code_set, row["code"])
    return {
        "code": display,
        "stored": row["code"],
        "address": address(code_set, display),
        "title": shortened(row["title"], above),
        "label": row["label"],
        "is_range": row["kind"] == "range",
        "billable": row["billable"],
        "use": use(code_set),
    }


def use(code_set):
    """What a code without codes below it is for: an MS-DRG is never billed, the grouper assigns it."""
    return "assigned by the grouper" if code_set == "ms-drg" else "billable"


@lru_cache(maxsize=10000)
def address(code_set, display):
    """The canonical address of a code's page or list."""
    return reverse("codes:code", args=[code_set, display])


def shortened(title, above):
    """A title without the words that stand above it: `without complications` under `Type 2 diabetes mellitus`."""
    rest = title.removeprefix(above).lstrip(" ,") if above else ""
    return rest if rest and rest != title and len(rest) > 1 else title


def code_name(found):
    """`ICD-10-CM Code E11.9`, `CPT® Code 20703`, `MS-DRG 637`."""
    word = "" if found.slug == "ms-drg" else " Code"
    return f"{found.name}{word} {dotted(found.slug, found.code)}"
