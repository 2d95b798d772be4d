"""The queries on what came before and after a diagnosis, and the index entries that lead to it."""

from django.db import connection

from codes.models.page import in_force

# lines that print the code itself, or its six characters where the seventh is the coder's to add, and then the stems
# above it; parameters `code`, `on_index`
INDEX = f"""(SELECT json_agg(found) FROM (
    SELECT json_build_object('part', entry.part, 'path', entry.path, 'code', entry.diagnosis,
        'is_stem', entry.is_stem, 'all', count(*) OVER ()) AS found
    FROM codes_indexentry AS entry
    WHERE {in_force("entry").replace("%(on)s", "%(on_index)s")} AND (
        entry.diagnosis = %(code)s::text
        OR length(%(code)s::text) = 7 AND entry.diagnosis = rtrim(left(%(code)s::text, 6), 'X')
        OR entry.is_stem AND entry.diagnosis = ANY(
            ARRAY(SELECT left(%(code)s::text, size) FROM generate_series(3, length(%(code)s::text) - 1) AS size)))
    ORDER BY length(entry.diagnosis) DESC,
        array_position(ARRAY['index', 'external', 'neoplasm', 'drug'], entry.part::text), entry.path
    LIMIT 40) AS lines)"""

# lines of the conversion table on either side; parameters `code`, `on_lineage`, `diagnoses_on`
LINEAGE = f"""(SELECT json_agg(json_build_object('current', line.current, 'converted_on', line.converted_on,
        'previous', line.previous, 'previous_codes', line.previous_codes, 'title', words.long)
        ORDER BY line.converted_on, line.current)
    FROM codes_codeconversion AS line
    LEFT JOIN codes_code AS near ON near.code = line.current AND near.code_set_id
        = (SELECT id FROM codes_codeset WHERE slug = 'icd-10-cm')
    LEFT JOIN codes_descriptor AS words ON words.code_id = near.id
        AND {in_force("words").replace("%(on)s", "%(diagnoses_on)s")}
    WHERE (line.current = %(code)s OR line.previous_codes @> ARRAY[%(code)s]::varchar[])
        AND {in_force("line").replace("%(on)s", "%(on_lineage)s")})"""

# the codes that took the place of one that ended, by the newest table
SUCCESSORS = """
SELECT line.current, line.converted_on, (
    SELECT long FROM codes_descriptor AS words WHERE words.code_id = near.id ORDER BY effective_on DESC LIMIT 1)
FROM codes_codeconversion AS line
JOIN codes_code AS near ON near.code = line.current
    AND near.code_set_id = (SELECT id FROM codes_codeset WHERE slug = 'icd-10-cm')
WHERE line.previous_codes @> ARRAY[%(code)s]::varchar[] AND line.terminated_on IS NULL
ORDER BY line.converted_on, near.position LIMIT 60
"""


def successors(code):
    """(code, first day, title) of the diagnoses that the conversion table has for an ended one: one query."""
    with connection.cursor() as cursor:
        cursor.execute(SUCCESSORS, {"code": code})
        return cursor.fetchall()
