"""The codes themselves: one row for each, whatever the edition; the newest edition says where they stand."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from codes.importers.merging import copy
from codes.models import Code

STEP = 100  # room between two codes for those that older editions have there
COLUMNS = ("id", "code_set_id", "code", "kind", "parent_id", "path", "position", "label")
KEEP = """
UPDATE codes_code AS t
SET kind = s.kind, parent_id = s.parent_id, path = s.path, position = s.position, label = s.label
FROM placed AS s WHERE t.id = s.id
    AND (t.kind, t.parent_id, t.path, t.position, t.label)
        IS DISTINCT FROM (s.kind, s.parent_id, s.path, s.position, s.label)
"""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code, header or range of an edition; rows come in the publisher's order."""

    code: str
    kind: str = "code"
    parent: str = ""
    path: tuple = ()
    label: str = ""


def place(code_set, rows, is_newest):
    """Make sure that every row has its code; returns code → key.

    The newest edition decides parent, path, order and label of the codes it has. Codes that it lacks keep
    their place behind the code they stood behind.
    """
    with connection.cursor() as cursor:
        keys, known = standing(cursor, code_set)
        new = list(dict.fromkeys(row.code for row in rows if row.code not in known))
        keys.update(zip(new, reserve(cursor, Code, len(new)), strict=True))
        positions = new_order(known, rows) if is_newest else old_order(known, rows)
        lines = {row.code: line(row, keys, code_set.pk, positions[row.code]) for row in rows}
        copy(cursor, "codes_code", COLUMNS, (lines.pop(code) for code in new))
        if is_newest and known:
            move(cursor, {keys[code]: positions[code] for code in known.keys() - lines.keys()})
            keep(cursor, lines.values())
    return keys


def standing(cursor, code_set):
    """The codes that are there, in their order: code → key and code → position."""
    statement = "SELECT code, id, position FROM codes_code WHERE code_set_id = %s ORDER BY position, code"
    cursor.execute(statement, [code_set.pk])
    rows = cursor.fetchall()
    return {code: key for code, key, _ in rows}, {code: position for code, _, position in rows}


def line(row, keys, code_set, position):
    """A row as the table holds it."""
    parent = keys[row.parent] if row.parent else None
    return (keys[row.code], code_set, row.code, row.kind, parent, array(row.path), position, row.label)


@lru_cache(maxsize=64)
def array(path):
    """A path as COPY takes an array; neighbours share theirs."""
    return "{" + ",".join(f'"{code}"' for code in path) + "}"


def new_order(known, rows):
    """Code → position where these rows set the order: a known code they lack follows its old neighbour."""
    positions = {row.code: at * STEP for at, row in enumerate(rows, 1)}
    return positions | behind(known, positions)


def old_order(known, rows):
    """Code → position where the known codes set the order: a row they lack follows its neighbour."""
    return known | behind([row.code for row in rows], known)


def behind(order, positions):
    """Positions for the codes in `order` that have none: counted on from the last before them that has."""
    found, last, steps = {}, 0, 0
    for code in order:
        if code in positions:
            last, steps = positions[code], 0
        else:
            steps += 1
            found[code] = last + steps
    return found


def reserve(cursor, model, count):
    """So many new keys of the model's table."""
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [model._meta.db_table, count],
    )
    return [key for (key,) in cursor.fetchall()]


def keep(cursor, lines):
    """Write what changed of codes that are there."""
    cursor.execute("CREATE TEMPORARY TABLE placed ON COMMIT DROP AS SELECT * FROM codes_code WITH NO DATA")
    copy(cursor, "placed", COLUMNS, lines)
    cursor.execute("ANALYZE placed")
    cursor.execute(KEEP)
    cursor.execute("DROP TABLE placed")


def move(cursor, positions):
    """Give codes (key → position) their new place."""
    if positions:
        cursor.execute(
            "UPDATE codes_code AS t SET position = s.position FROM unnest(%s::bigint[], %s::int[])"
            " AS s (id, position) WHERE t.id = s.id AND t.position <> s.position",
            [list(positions), list(positions.values())],
        )
