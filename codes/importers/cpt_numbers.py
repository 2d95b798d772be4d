"""Code numbers that CMS's files name before the files with their words are loaded.

`ensure(loading, numbers)` gives each CPT and HCPCS Level II number its code, its place and a descriptor without
words; the file that has the words takes its place later (`codes.importers.stand_ins.give_way`). CDT numbers (D codes)
are the American Dental Association's and get nothing.
"""

import re
from dataclasses import dataclass

from django.db import connection

from codes.importers.loading import lock
from codes.importers.merging import copy
from codes.importers.number_spans import SPANS, holds, rank, rest_of
from codes.importers.placing import STEP, CodeRow, line, move, reserve
from codes.models import Code, CodeSet

NUMBERS = {
    "cpt": re.compile(r"\d{5}|\d{4}[AFMTU]"),
    "hcpcs": re.compile(r"[A-CE-V]\d{4}"),
}
KNOWN = """
SELECT code, id, kind, path, position, EXISTS (SELECT FROM codes_descriptor WHERE code_id = codes_code.id)
FROM codes_code WHERE code_set_id = %s
"""
DESCRIPTOR = ("code_id", "release_id", "effective_on", "start_known", "billable", "short", "medium", "long")
# an earlier day from which a file names a number that still has no words
SINCE = """
UPDATE codes_descriptor AS said SET effective_on = %(since)s
FROM codes_code AS code, codes_release AS release
WHERE code.id = said.code_id AND release.id = said.release_id AND release.code_set_id IS NULL
    AND code.code_set_id = %(code_set)s AND code.code = ANY(%(codes)s) AND said.effective_on > %(since)s
    AND NOT EXISTS (SELECT FROM codes_descriptor AS other
        WHERE other.code_id = said.code_id AND other.effective_on < said.effective_on)
"""


ADDONS = """
UPDATE codes_descriptor AS said SET is_addon = addon.named
FROM codes_code AS code, codes_release AS release,
    LATERAL (SELECT EXISTS (SELECT FROM codes_addonedit AS edit
        WHERE edit.addon_code = code.code AND edit.addon_ended_on IS NULL) AS named) AS addon
WHERE code.id = said.code_id AND release.id = said.release_id AND release.code_set_id IS NULL AND code.kind = 'code'
    AND said.is_addon IS DISTINCT FROM addon.named
    AND EXISTS (SELECT FROM codes_release
        WHERE source = 'aoc' AND state <> 'replaced' AND NOT is_demonstration)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A code that is there."""

    key: int
    kind: str
    path: list
    position: int
    is_described: bool


def code_set_of(number):
    """The code set that a number of CMS's files belongs to: `cpt`, `hcpcs`, or None (D codes, and what is no code)."""
    return next((slug for slug, pattern in NUMBERS.items() if pattern.fullmatch(number)), None)


def ensure(loading, numbers, since=None):
    """Make sure that these numbers have a code and a descriptor, from `since` or the edition's first day on.

    To be called inside a load, for every CPT and HCPCS number of its file; numbers of other code sets are passed over.
    """
    since = since or loading.edition.effective_on
    by_code_set = {}
    for number in set(numbers):
        by_code_set.setdefault(code_set_of(number), set()).add(number)
    by_code_set.pop(None, None)
    for slug, found in sorted(by_code_set.items()):
        lock(slug)
        with connection.cursor() as cursor:
            ensure_in(cursor, CodeSet.objects.known(slug), found, (loading.release.pk, since))
    mark_addons()
    loading.touched |= {"codes_code", "codes_descriptor"}


def mark_addons():
    """Say of descriptors without words whether their code is an add-on, where CMS's whole list of those is loaded."""
    with connection.cursor() as cursor:
        cursor.execute(ADDONS)


def ensure_in(cursor, code_set, numbers, origin):
    """The same for the numbers of one code set; `origin` is (release, first day)."""
    known = standing(cursor, code_set)
    new, ranges = new_rows(code_set.slug, numbers, known)
    keys = {code: one.key for code, one in known.items()}
    if new:
        keys |= insert(cursor, code_set, new, known)
    mute = [code for code in numbers | ranges.keys() if code not in known or not known[code].is_described]
    describe(cursor, [(keys[code], ranges.get(code)) for code in sorted(mute)], origin)
    parameters = {"since": origin[1], "code_set": code_set.pk, "codes": list(numbers | ranges.keys())}
    cursor.execute(SINCE, parameters)


def standing(cursor, code_set):
    """The codes of the set that are there, by code."""
    cursor.execute(KNOWN, [code_set.pk])
    return {code: Known(*rest) for code, *rest in cursor.fetchall()}


def new_rows(slug, numbers, known):
    """(the rows that are missing, the names of our own ranges that hold these numbers)."""
    paths = {code: tuple(one.path) for code, one in known.items() if one.kind == "range"}
    rows, names = [], {}
    for number in sorted(numbers):
        above, name = range_of(slug, number, paths)
        if name:
            names[above] = name
        if above not in paths:
            paths[above] = ()
            rows.append(CodeRow(above, "range"))
        if number not in known:
            rows.append(CodeRow(number, "code", above, (*paths[above], above)))
    return rows, names


def range_of(slug, number, paths):
    """(the range that holds a number, its name where it is one of ours): the narrowest of those that are there."""
    there = [code for code in paths if holds(code, number)]
    if there:
        narrowest = max(there, key=lambda code: len(paths[code]))
        return narrowest, SPANS[slug].get(narrowest, "")
    ours = next((code for code in SPANS[slug] if holds(code, number)), None)
    return (ours, SPANS[slug][ours]) if ours else rest_of(number)


def insert(cursor, code_set, rows, known):
    """Put the new codes in, and everything in the order of its numbers; returns code → key of the new ones."""
    order = sorted([*known, *(row.code for row in rows)], key=rank)
    positions = {code: at * STEP for at, code in enumerate(order, 1)}
    new = dict(zip((row.code for row in rows), reserve(cursor, Code, len(rows)), strict=True))
    keys = new | {code: one.key for code, one in known.items()}
    move(cursor, {one.key: positions[code] for code, one in known.items()})
    columns = ("id", "code_set_id", "code", "kind", "parent_id", "path", "position", "label")
    copy(
        cursor,
        "codes_code",
        columns,
        (line(row, keys, code_set.pk, positions[row.code]) for row in rows),
    )
    return new


def describe(cursor, rows, origin):
    """Write descriptors: none of a number's words, our own name of a range."""
    copy(
        cursor,
        "codes_descriptor",
        DESCRIPTOR,
        ((key, *origin, False, name is None, name or "", "", name or "") for key, name in rows),
    )
