"""Codes that look like one that is not there."""

from django.db import connection

from codes.models.page import TITLE

NEAR = f"""
SELECT near.code, owning.slug, owning.name, {TITLE} AS title
FROM codes_code AS near
JOIN codes_codeset AS owning ON owning.id = near.code_set_id
JOIN LATERAL (
    SELECT * FROM codes_descriptor WHERE code_id = near.id ORDER BY effective_on DESC LIMIT 1) AS words ON true
JOIN codes_release AS origin ON origin.id = words.release_id
WHERE near.kind = 'code' AND (
    near.code = %(code)s
    OR owning.slug = %(code_set)s AND near.code >= %(start)s AND near.code < %(start)s || '~')
ORDER BY near.code <> %(code)s, similarity(near.code, %(code)s) DESC, near.position LIMIT 8
"""


def near(code_set, code):
    """Up to eight codes: the same number in other code sets, then those of this set that begin alike."""
    with connection.cursor() as cursor:
        for length in range(min(len(code), 6), 0, -1):
            cursor.execute(NEAR, {"code": code, "code_set": code_set, "start": code[:length]})
            rows = [
                dict(zip(("code", "slug", "name", "title"), row, strict=True)) for row in cursor.fetchall()
            ]
            if len(rows) > 1 or (rows and length <= 2):
                return rows
    return []
