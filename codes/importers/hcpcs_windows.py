"""What HCPCS codes said and when, worked out from the facts of every loaded edition.

Each edition carries the history of its codes, so it speaks for every day up to its end that no earlier edition speaks
for. What stands in the tables depends on which editions are loaded, never on the order they came in.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db import connection

from codes.importers.merging import copy
from codes.models import HcpcsFact, Release

DAY = timedelta(days=1)
COLUMNS = (
    "code_id",
    "release_id",
    "effective_on",
    "terminated_on",
    "start_known",
    "billable",
    "short",
    "long",
)
WANTED = """
CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
SELECT code_id, release_id, effective_on, terminated_on, start_known, billable, short, long
FROM codes_descriptor WITH NO DATA
"""
# what is not wanted: other words of the codes at hand, and codes that no edition has any more
DESCRIPTORS_GONE = """
DELETE FROM codes_descriptor AS said USING codes_code AS code
WHERE code.id = said.code_id AND code.code_set_id = %(code_set)s
    AND (code.id IN (SELECT code_id FROM wanted) OR code.kind = 'code' AND said.release_id = ANY(%(chain)s))
    AND NOT EXISTS (SELECT FROM wanted
        WHERE (wanted.code_id, wanted.effective_on, wanted.start_known, wanted.billable, wanted.short, wanted.long)
            = (said.code_id, said.effective_on, said.start_known, said.billable, said.short, said.long)
        AND wanted.terminated_on IS NOT DISTINCT FROM said.terminated_on AND said.medium = '')
"""
DESCRIPTORS = """
INSERT INTO codes_descriptor
    (code_id, release_id, effective_on, terminated_on, start_known, billable, short, medium, long)
SELECT code_id, release_id, effective_on, terminated_on, start_known, billable, short, '', long FROM wanted
WHERE NOT EXISTS (SELECT FROM codes_descriptor AS said
    WHERE said.code_id = wanted.code_id AND said.effective_on = wanted.effective_on)
"""
TITLES_GONE = """
DELETE FROM codes_term AS term USING codes_code AS code
WHERE code.id = term.code_id AND code.code_set_id = %(code_set)s AND term.source = 'title'
    AND (code.id IN (SELECT code_id FROM wanted) OR code.kind = 'code' AND term.release_id = ANY(%(chain)s))
    AND NOT EXISTS (SELECT FROM wanted
        WHERE wanted.code_id = term.code_id AND wanted.effective_on = term.effective_on AND wanted.long = term.text
        AND wanted.terminated_on IS NOT DISTINCT FROM term.terminated_on)
"""
TITLES = """
INSERT INTO codes_term (code_id, release_id, effective_on, terminated_on, source, text)
SELECT code_id, release_id, effective_on, terminated_on, 'title', long FROM wanted
WHERE NOT EXISTS (SELECT FROM codes_term AS term WHERE term.code_id = wanted.code_id
    AND term.source = 'title' AND term.effective_on = wanted.effective_on)
"""


@dataclass(frozen=True)
class Span:
    """The days for which an edition speaks; `follows`: no day lies between it and the edition before."""

    release: int
    first: date
    last: date
    follows: bool


def spans(releases):
    """The spans of these releases: the first reaches back to the beginning, the last on without an end."""
    ordered = sorted(releases, key=lambda release: release.effective_on)
    found, first, follows = [], date.min, False
    for release, after in pairwise([*ordered, None]):
        last = date.max if after is None else after.effective_on - DAY
        if after is not None and release.ends_on:
            last = min(last, release.ends_on)
        found.append(Span(release.pk, first, last, follows))
        follows = after is not None and last == after.effective_on - DAY
        first = last + DAY if after is not None else first
    return found


def windows(said):
    """The windows of one code from (span, fact) pairs in their order: rows from `effective_on` to `long` with release.

    A fact is (added, acted, terminated, action, short, long). Neighbours that say the same are one window.
    """
    found = []
    for span, (added, acted, terminated, action, short, long) in said:
        start = (acted or added) if action == "R" else (added or acted)
        begins = max(start or span.first, span.first)
        ends = min(terminated or date.max, span.last)
        if begins > ends:
            continue
        before = found[-1] if found else None
        if before and before[2:] == [short, long] and before[1][1] + DAY == begins:
            before[1][1] = ends
        else:
            is_known = begins == start or span.follows
            found.append([(span.release, is_known and begins > date.min), [begins, ends], short, long])
    return found


def rebuild(this):
    """Make descriptors and titles of the code set say what the loaded editions say; `this` is the load under way."""
    releases = [*Release.objects.current().filter(source=this.edition.source), this.release]
    loaded = spans(releases)
    facts = facts_of(loaded)
    rows = [row for code, said in facts.items() for row in rows_of(this.keys[code], windows(said))]
    earliest = min((row[2] for row in rows), default=this.edition.effective_on)
    rows += [
        (this.keys[code], this.release.pk, earliest, None, False, False, name, name)
        for code, name in this.range_names.items()
    ]
    write(rows, {"code_set": this.code_set.pk, "chain": [*this.replaced, *(each.pk for each in releases)]})
    this.touched |= {"codes_descriptor", "codes_term"}


def facts_of(loaded):
    """Code → its (span, fact) pairs in the order of the spans."""
    by_release = {span.release: (at, span) for at, span in enumerate(loaded)}
    columns = ("added_on", "acted_on", "terminated_on", "action", "short", "long")
    rows = HcpcsFact.objects.filter(release__in=by_release, is_modifier=False)
    found = defaultdict(list)
    for code, release, *fact in rows.values_list("code", "release", *columns):
        found[code].append((by_release[release], tuple(fact)))
    return {
        code: [(span, fact) for (_, span), fact in sorted(said, key=lambda pair: pair[0][0])]
        for code, said in found.items()
    }


def rows_of(key, found):
    """The rows of `COLUMNS` for the windows of one code; a start before every file's day is unknown."""
    for (release, is_known), (begins, ends), short, long in found:
        yield key, release, begins, None if ends == date.max else ends, is_known, True, short, long


def write(rows, parameters):
    """Bring the tables to these rows; what is as it should be is left alone."""
    with connection.cursor() as cursor:
        cursor.execute(WANTED)
        copy(cursor, "wanted", COLUMNS, rows)
        cursor.execute("ANALYZE wanted")
        for statement in (DESCRIPTORS_GONE, DESCRIPTORS, TITLES_GONE, TITLES):
            cursor.execute(statement, parameters)
        cursor.execute("DROP TABLE wanted")
