"""Where a service is furnished: the ZIP code or payment locality that a reader asks for."""

import re
from dataclasses import dataclass

ZIP = re.compile(r"(\d{5})(-?\d{4})?")
LOCALITY = re.compile(r"(\d{5})-(\d{2})")
LOWER = {"and", "of", "in", "cnty"}
CAPITALS = {"dc", "md", "va"}
WORD = re.compile(r"[A-Za-z']+")


@dataclass(frozen=True)
class Place:
    """A ZIP code, or a locality as MAC-locality; neither is the nation."""

    zip: str = ""
    locality: str = ""

    @property
    def mac(self):
        """The contractor's number."""
        return self.locality[:5]

    @property
    def number(self):
        """The locality's number within its contractor."""
        return self.locality[6:]

    def __str__(self):
        return self.locality or self.zip


def parsed(text):
    """The place in a text such as 36104, 36104-1234 or 10112-00; None where it is none."""
    if LOCALITY.fullmatch(text) and text.isascii():
        return Place(locality=text)
    found = ZIP.fullmatch(text) if text.isascii() else None
    return Place(zip=found[1]) if found else None


def in_words(name):
    """A locality's name without its capitals: `SEATTLE (KING CNTY)` is `Seattle (King county)`."""
    return WORD.sub(lambda word: told(word[0]), name)


def told(word):
    """One word of a name."""
    lower = word.lower()
    if lower in CAPITALS:
        return word.upper()
    return {"cnty": "county"}.get(lower, lower) if lower in LOWER else word.capitalize()
