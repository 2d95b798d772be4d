"""The two queries behind a code page, each one round trip."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from codes.models.guidance import CHANGED, GUIDANCE, MENTIONED
from codes.models.loaded import LOADED

# The code itself with all its windows, and what a rendered page depends on.
FIND = f"""
SELECT code.id, code.code, code.kind, code.path, code.label, code.position, code.parent_id,
    code_set.id AS code_set_id, code_set.slug, code_set.name, code_set.publisher, code_set.is_public_domain,
    code_set.fhir_uri,
    (SELECT json_agg(json_build_object(
            'effective_on', effective_on, 'terminated_on', terminated_on, 'start_known', start_known,
            'billable', billable, 'is_addon', is_addon, 'short', short, 'medium', medium, 'long', long,
            'release_id', release_id) ORDER BY effective_on)
        FROM codes_descriptor WHERE code_id = code.id) AS windows,
    {LOADED} AS loaded,
    lay.published_body, lay.published_author_role AS author_role, lay.published_sources AS sources,
    lay.published_drafted_on AS drafted_on, lay.reviewed_on, lay.is_seed, lay.changed_at,
    {CHANGED} AS guidance_changed_at
FROM codes_code AS code
JOIN codes_codeset AS code_set ON code_set.id = code.code_set_id
LEFT JOIN codes_laydescription AS lay ON lay.code_id = code.id AND lay.published_body <> ''
WHERE code_set.slug = %(code_set)s AND code.code = %(code)s
"""


def in_force(table):
    """SQL for: this table's window holds the day `on`."""
    return f"{table}.effective_on <= %(on)s AND ({table}.terminated_on IS NULL OR {table}.terminated_on >= %(on)s)"


# What may stand outside an opened page: the publisher's words where they are public, our own short name of a range or
# in a demonstration release, else nothing (the number stands alone).
TITLE = """CASE WHEN owning.is_public_domain THEN words.long
    WHEN origin.is_demonstration OR near.kind = 'range' THEN words.short ELSE '' END"""
LINE = f"""json_build_object('code', near.code, 'kind', near.kind, 'label', near.label, 'title', {TITLE},
    'billable', words.billable, 'parent', near.parent_id, 'id', near.id)"""
DESCRIBED = f"""JOIN codes_descriptor AS words ON words.code_id = near.id AND {in_force("words")}
    JOIN codes_release AS origin ON origin.id = words.release_id
    JOIN codes_codeset AS owning ON owning.id = near.code_set_id"""

# Where to look for neighbours: a code that can be reported stands among the codes nearest to it by position, a header
# among those with the same parent. Without such a bound the last of a range would read on to the end of the code set.
AMONG = {
    True: """(SELECT * FROM codes_code WHERE code_set_id = %(code_set_id)s AND kind = 'code'
            AND position {side} %(position)s ORDER BY position {order} LIMIT 60)""",
    False: """(SELECT * FROM codes_code WHERE parent_id = %(parent_id)s AND position {side} %(position)s)""",
}
NEIGHBOURS = f"""(SELECT json_agg(line) FROM (
        SELECT {LINE} AS line FROM {{among}} AS near {DESCRIBED}
        WHERE near.kind = 'code' AND words.billable = %(billable)s AND %(range)s = ANY(near.path)
        ORDER BY near.position {{order}} LIMIT 4) AS lines)"""


def neighbours(billable, side, order):
    """SQL for the four codes before (`<`, `DESC`) or after (`>`, `ASC`) in the same range."""
    return NEIGHBOURS.format(among=AMONG[billable].format(side=side, order=order), order=order)


# What stands around it on the day `on`: those above, beside and below it, notes, our own guidance, and which codes
# named exist.
SURROUNDINGS = f"""
SELECT
    (SELECT json_agg({LINE} ORDER BY array_position(%(path)s::text[], near.code::text))
        FROM codes_code AS near {DESCRIBED}
        WHERE near.code_set_id = %(code_set_id)s AND near.code = ANY(%(path)s)) AS above,
    {{before}} AS before,
    {{after}} AS after,
    (SELECT json_agg(line) FROM (
        SELECT {LINE} AS line FROM codes_code AS near {DESCRIBED}
        WHERE NOT %(billable)s AND near.parent_id = ANY(
            ARRAY(SELECT id FROM codes_code WHERE parent_id = %(id)s) || %(id)s::bigint)
        ORDER BY near.position LIMIT 160) AS lines) AS below,
    (SELECT json_agg(json_build_object('code', owner.code, 'kind', note.kind, 'text', note.text)
            ORDER BY owner.position, note.position)
        FROM codes_note AS note JOIN codes_code AS owner ON owner.id = note.code_id
        WHERE owner.code_set_id = %(code_set_id)s AND owner.code = ANY(%(note_owners)s)
            AND {in_force("note")}) AS notes,
    {GUIDANCE} AS guidance,
    (SELECT json_agg(json_build_object('code_set', code_set.slug, 'code', named.code))
        FROM (
            SELECT unnest(%(mentioned)s::varchar[]) AS code
            UNION {MENTIONED}
            UNION SELECT unnest(ARRAY[reference.first, reference.last, reference.first || '-' || reference.last])
            FROM codes_notereference AS reference
            JOIN codes_note AS note ON note.id = reference.note_id
            JOIN codes_code AS owner ON owner.id = note.code_id
            WHERE owner.code_set_id = %(code_set_id)s AND owner.code = ANY(%(note_owners)s)) AS wanted
        CROSS JOIN codes_codeset AS code_set
        JOIN codes_code AS named ON named.code_set_id = code_set.id AND named.code = wanted.code) AS known
"""
AROUND = {
    billable: SURROUNDINGS.format(
        before=neighbours(billable, "<", "DESC"), after=neighbours(billable, ">", "ASC")
    )
    for billable in (True, False)
}


@dataclass
class FoundCode:
    """A code as `find` gives it; `windows` are its descriptors, the earliest first."""

    id: int
    code: str
    kind: str
    path: list
    label: str
    position: int
    parent_id: int | None
    code_set_id: int
    slug: str
    name: str
    publisher: str
    is_public_domain: bool
    fhir_uri: str
    windows: list
    loaded: str | None
    published_body: str | None
    author_role: str | None
    sources: str | None
    drafted_on: date | None
    reviewed_on: date | None
    is_seed: bool | None
    changed_at: datetime | None
    guidance_changed_at: datetime | None = None

    def window(self, day):
        """The descriptor in force on the day; None where there is none."""
        return next((w for w in self.windows if w["effective_on"] <= day and not_over(w, day)), None)

    def is_metered(self, today):
        """Whether opening the page costs a view: it can be reported now. A header or an ended code costs nothing,
        whatever day is asked for."""
        latest = self.windows[-1]
        return latest["billable"] and not_over(latest, today)


@dataclass
class Surroundings:
    """What stands around a code: lists of dictionaries with code, kind, label, title, billable, parent, id."""

    above: list = field(default_factory=list)
    before: list = field(default_factory=list)
    after: list = field(default_factory=list)
    below: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    guidance: list = field(default_factory=list)
    known: set = field(default_factory=set)


def not_over(window, day):
    """Whether a window has not ended before the day."""
    return window["terminated_on"] is None or window["terminated_on"] >= day


def find(code_set, code):
    """The code with this address word and stored spelling, or None: one query."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"code_set": code_set, "code": code})
        row = cursor.fetchone()
    if row is None:
        return None
    found = FoundCode(
        *row
    )  # in the order of the query: naming the columns anew took longer than reading them
    found.windows = [with_dates(window, "effective_on", "terminated_on") for window in found.windows or []]
    return found


def surroundings(found, on, billable, range_code, note_owners, mentioned, guided=False):
    """What stands around a found code on the day `on`: one query.

    `range_code` bounds the neighbours, `note_owners` are the codes whose notes are wanted, `mentioned` codes named
    in our own text, `guided` whether our guidance is wanted; `known` answers which of those and of the codes in notes
    and guidance exist.
    """
    row = one_row(
        AROUND[billable],
        {
            "id": found.id,
            "code": found.code,
            "guided": guided,
            "parent_id": found.parent_id,
            "code_set_id": found.code_set_id,
            "position": found.position,
            "path": found.path,
            "on": on,
            "billable": billable,
            "range": range_code,
            "note_owners": note_owners,
            "mentioned": mentioned,
        },
    )
    known = {(item["code_set"], item["code"]) for item in row.pop("known") or []}
    return Surroundings(**{name: rows or [] for name, rows in row.items()}, known=known)


def one_row(sql, parameters):
    """The first row as a dictionary, or None."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
        return row and dict(zip((column.name for column in cursor.description), row, strict=True))


def with_dates(row, *names):
    """A row out of JSON with these fields as dates."""
    return row | {name: row[name] and date.fromisoformat(row[name]) for name in names}
