"""The query behind a list: what stands directly below a code set or range, with counts, or all below that holds
some words; and the code set itself."""

from dataclasses import dataclass

from django.db import connection

from codes.models.loaded import LOADED
from codes.models.page import DESCRIBED, LINE, TITLE, in_force, one_row

PER_PAGE = 150

CODE_SET = f"""
SELECT code_set.id, slug, name, what, publisher, licence, is_public_domain,
    {LOADED} AS loaded
FROM codes_codeset AS code_set WHERE slug = %(slug)s
"""

# `depth` is where the child stands in the paths of all below it
CHILDREN = f"""
WITH counts AS (
    SELECT below.path[%(depth)s] AS child, count(*) AS codes, count(*) FILTER (WHERE said.billable) AS billable
    FROM codes_code AS below JOIN codes_descriptor AS said ON said.code_id = below.id AND {in_force("said")}
    WHERE below.code_set_id = %(code_set_id)s AND below.kind = 'code' AND below.path @> %(within)s::varchar[]
    GROUP BY 1)
SELECT {LINE} AS line, counts.codes, counts.billable, count(*) OVER () AS total
FROM codes_code AS near {DESCRIBED} LEFT JOIN counts ON counts.child = near.code
WHERE near.code_set_id = %(code_set_id)s AND near.parent_id IS NOT DISTINCT FROM %(parent_id)s
ORDER BY near.position LIMIT %(limit)s OFFSET %(offset)s
"""

MATCHES = f"""
SELECT {LINE} AS line, NULL AS codes, NULL AS billable, count(*) OVER () AS total
FROM codes_code AS near {DESCRIBED}
WHERE near.code_set_id = %(code_set_id)s AND near.path @> %(within)s::varchar[]
    AND (near.code LIKE %(starts)s OR {TITLE} ILIKE ALL(%(patterns)s))
ORDER BY near.position LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass
class FoundCodeSet:
    """A code set as `find_code_set` gives it."""

    id: int
    slug: str
    name: str
    what: str
    publisher: str
    licence: str
    is_public_domain: bool
    loaded: str | None


@dataclass(frozen=True)
class Place:
    """Where a list stands: a code set (`code` empty), or a range in it."""

    code_set_id: int
    code: str = ""
    parent_id: int | None = None
    path: tuple = ()


def find_code_set(slug):
    """The code set with this address word, or None: one query."""
    row = one_row(CODE_SET, {"slug": slug})
    return row and FoundCodeSet(**row)


def lines(place, on, page=1, words=(), starts=""):
    """A page of a list on a day: (rows, total). One query.

    Without `words` the direct children, each with how many codes and billable codes stand below it; with `words`
    everything below whose title holds them all, or whose code begins with `starts`.
    """
    parameters = {
        "code_set_id": place.code_set_id,
        "parent_id": place.parent_id,
        "within": [place.code] if place.code else [],
        "depth": len(place.path) + 2 if place.code else 1,
        "on": on,
        "patterns": [f"%{escaped(word)}%" for word in words],
        "starts": f"{escaped(starts)}%" if starts else "",
        "limit": PER_PAGE,
        "offset": (page - 1) * PER_PAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(MATCHES if words else CHILDREN, parameters)
        rows = cursor.fetchall()
    total = rows[0][3] if rows else 0
    return [line | {"codes": codes, "billable_below": billable} for line, codes, billable, _ in rows], total


def escaped(word):
    """A word for LIKE: its own percent signs and underscores stand for themselves."""
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
