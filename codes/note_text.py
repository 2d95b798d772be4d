"""Codes inside the notes of the tabular list: `(E08.-)`, `E08-E13 with .44`, `codes from I05.0 to I05.9`.

Pure: it knows how the tabular list writes codes, not which codes exist.
"""

import re
from dataclasses import dataclass

CODE = r"(?<![A-Za-z0-9.-])[A-Z][0-9][0-9A-Z](?:\.[0-9A-Zx]{1,4})?(?![A-Za-z0-9])"
LAST = CODE.replace("(?<![A-Za-z0-9.-])", "")
BELOW = r"(?:\.?-)?"  # “choose below”: E08.-, E08.1-
TO = r"(?:\s*(?:--|-|–)\s*|\s+to\s+)"
# E08.-   E08-E13   I63.3-I63.5-   I70.2--I70.7-   F98.2.-F98.3   I01.0 -I01.9   M05.00 to M05.8A
NAMED = re.compile(
    rf"(?P<first>{CODE})(?:\.?-?{TO}(?P<last>{LAST}){BELOW}|- (?P<next>{LAST}){BELOW}|{BELOW})", re.ASCII
)
GROUP = re.compile(r"\([^()]*\)?")
ANY = re.sub(r"\?P<\w+>", "?:", NAMED.pattern)
# “categories E08-E10, E11, E13 with ketoacidosis”
LIST_WITH = re.compile(rf"{ANY}(?:,\s*(?:{ANY}))+\s+with\b", re.ASCII)
# a word before what only looks like a code
NO_CODE = re.compile(r"(?:vitamin|factor|type|subtype|virus|coxsackie)\s+$", re.IGNORECASE)
# “(E08, E09 with .44)”, and outside of brackets “C91.0-C95.9 with 5th character 1”, “(T36-T50) with sixth character 5”
QUALIFIER = re.compile(r"\bwith\b", re.IGNORECASE)
QUALIFIED_BEHIND = re.compile(r"\)?,?\s*with\s+(?:\.[0-9]|[\w\s]{0,30}\bcharacters?\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a note as it is printed; `first` and `last` are undotted codes where it names some.

    A qualified part (“E08-E13 with .44”) means only some of its codes: it is quoted, never expanded.
    """

    text: str
    first: str = ""
    last: str = ""
    is_qualified: bool = False


def parts(text):
    """The note in pieces, in order; their texts put together are the note."""
    found, at = [], 0
    for match in NAMED.finditer(text):
        if NO_CODE.search(text, 0, match.start()):
            continue
        if match.start() > at:
            found.append(Part(text[at : match.start()]))
        found.append(named(match, text))
        at = match.end()
    return [*found, Part(text[at:])] if at < len(text) else found


def named(match, text):
    """The part for a code or range that was found."""
    first = match["first"]
    last = match["last"] or match["next"] or first
    return Part(match[0], undotted(first), undotted(last), is_qualified(match, text))


def is_qualified(match, text):
    """Whether the words behind it say which of its codes are meant."""
    group = around(match, GROUP, text)
    in_brackets = group and QUALIFIER.search(text, match.end(), group.end())
    return bool(in_brackets or around(match, LIST_WITH, text) or QUALIFIED_BEHIND.match(text, match.end()))


def around(match, pattern, text):
    """The first match of a wider pattern that holds this one, or None."""
    return next((w for w in pattern.finditer(text) if w.start() <= match.start() < w.end()), None)


def undotted(code):
    """E08.311 as it is stored."""
    return code.replace(".", "").upper()
