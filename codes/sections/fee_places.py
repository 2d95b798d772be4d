"""Whose fee is worked out: a ZIP code or locality to its geographic indices, or the question which one is meant."""

from functools import lru_cache

from django.template.loader import render_to_string

from codes import places
from codes.medicare_fee import NATIONAL
from codes.models.fee_page import holding


def resolved(subject, facts, on):
    """(the geographic indices, what the page says of the place); the nation's where no locality is known."""
    localities = holding(facts.localities, on)
    zips = facts.zips if not subject.place.locality else []
    said = {
        "asked": str(subject.place),
        "is_local": bool(localities),
        "name": "",
        "problem": "",
        "choices": [],
        "localities": listed(facts.places, localities),
        "floor": None,
    }
    if localities:
        found = localities[0]
        code = f"{found['mac']}-{found['number']}"
        return found, said | {
            "name": places.in_words(found["name"]),
            "code": code,
            "floor": found["work_floor"] and f"{found['work_floor']:.1f}",
        }
    if zips and zips[0]["is_split"]:
        return NATIONAL, said | {"choices": choices(zips[0], facts.places), "zip": subject.place.zip}
    return NATIONAL, said | {"problem": problem(subject, zips) if str(subject.place) else ""}


def listed(rows, localities):
    """All localities as options of a form, the one shown chosen."""
    return options(tuple(map(tuple, rows)), *(f"{row['mac']}-{row['number']}" for row in localities[:1]))


@lru_cache(maxsize=300)
def options(rows, here=""):
    """The options for rows of (state, MAC-locality, name): kept, since a hundred took half the time of the section."""
    listed = [(code, f"{state} · {places.in_words(name)}", code == here) for state, code, name in rows]
    return render_to_string("codes/sections/_fees_localities.html", {"localities": listed})


def choices(row, rows):
    """The localities that a split ZIP code may lie in: the one that its file names, then the others of the state."""
    named = f"{row['mac']}-{row['number']}"
    found = [
        {"code": code, "name": places.in_words(name), "is_named": code == named}
        for state, code, name in rows
        if state == row["state"] or code == named
    ]
    return sorted(found, key=lambda choice: not choice["is_named"])


def problem(subject, zips):
    """Why the place asked for has no locality here."""
    place = subject.place
    if place.locality:
        return f"Locality {place.locality} is not in the loaded edition."
    if zips:
        return f"ZIP code {place.zip} lies in {zips[0]['mac']}-{zips[0]['number']}, which is not in the loaded edition."
    source = subject.editions.of_source("zip5")
    if not source:
        return f"ZIP code {place.zip} cannot be looked up: the ZIP code file is not loaded."
    if source[0].is_demonstration:
        return f"ZIP code {place.zip} is not loaded: the demonstration knows a few ZIP codes only."
    return f"ZIP code {place.zip} is not in the ZIP code file of {source[0].label}."
