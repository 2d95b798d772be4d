"""Chapters and blocks of ICD-10-CM where an edition has none of its own: an order file knows codes only.

Then the tabular list's stand: those of the one before, else those of the first one loaded, which reach back.
"""

import re
from dataclasses import dataclass

from django.db import connection

from codes.models import Code, Release

RANGE = re.compile(r"([A-Z]\w\w)-([A-Z]\w\w)")
LET_GO = """
UPDATE codes_descriptor AS t SET effective_on = release.effective_on
FROM codes_release AS release, codes_code AS code
WHERE release.id = t.release_id AND t.effective_on < release.effective_on
    AND code.id = t.code_id AND code.code_set_id = %(code_set)s AND code.kind = 'range'
"""
REACH_BACK = """
WITH editions AS (
    SELECT min(effective_on) AS first, min(effective_on) FILTER (WHERE source = 'icd10cm-tabular') AS tabular
    FROM codes_release WHERE code_set_id = %(code_set)s AND (state = 'current' OR id = %(release)s))
UPDATE codes_descriptor AS t SET effective_on = editions.first
FROM editions, codes_code AS code
WHERE t.effective_on = editions.tabular AND editions.first < editions.tabular
    AND code.id = t.code_id AND code.code_set_id = %(code_set)s AND code.kind = 'range'
"""
PATHS = """
WITH RECURSIVE tree AS (
    SELECT id, code, ARRAY[]::varchar[] COLLATE "C" AS path FROM codes_code
    WHERE code_set_id = %(code_set)s AND parent_id IS NULL
    UNION ALL
    SELECT below.id, below.code, tree.path || tree.code FROM codes_code AS below JOIN tree ON below.parent_id = tree.id)
UPDATE codes_code AS t SET path = tree.path FROM tree WHERE tree.id = t.id AND t.path <> tree.path
"""


@dataclass
class Places:
    """Where categories stand: `paths` of those known, else the innermost of `ranges` (first, last, path) by letters."""

    paths: dict
    ranges: list

    def above(self, category):
        """The path of a category: the chapter and blocks over it; empty where no tabular list has them."""
        if category in self.paths:
            return self.paths[category]
        over = [path for first, last, path in self.ranges if first <= category <= last]
        return max(over, key=len, default=())


def places(code_set):
    """The `Places` of the tabular list that is loaded."""
    rows = Code.objects.filter(code_set=code_set, code__regex=r"^...(-...)?$|^CHAPTER")
    paths, ranges = {}, []
    for code, kind, path in rows.values_list("code", "kind", "path"):
        if kind == "code" and path:
            paths[code] = tuple(path)
        elif found := RANGE.fullmatch(code):
            ranges.append((found[1], found[2], (*path, code)))
    return Places(paths, ranges)


def let_go(code_set):
    """Give every chapter and block back the first day that its own file gave it."""
    run(LET_GO, code_set=code_set.pk)


def reach_back(code_set, release):
    """Let the chapters and blocks of the first tabular list stand over the editions before it."""
    run(REACH_BACK, code_set=code_set.pk, release=release.pk)


def adopt(code_set):
    """Put categories that an order file brought without their block into it, and mend the paths of all below."""
    if not Release.objects.current().filter(code_set=code_set, source="icd10cm-order").exists():
        return
    known = places(code_set)
    for code in Code.objects.filter(code_set=code_set, parent=None, kind="code"):
        if above := known.above(code.code):
            parent = Code.objects.get(code_set=code_set, code=above[-1])
            Code.objects.filter(pk=code.pk).update(parent=parent)
    run(PATHS, code_set=code_set.pk)


def run(statement, **values):
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
