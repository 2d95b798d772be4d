"""The queries behind the sections of an MS-DRG page, each one round trip."""

from codes.models.page import in_force, one_row

DIAGNOSES = f"""
WITH named AS (
    SELECT DISTINCT assignment.diagnosis FROM codes_diagnosisdrg AS assignment
    WHERE %(drg)s = ANY(assignment.drgs) AND assignment.role IN ('PDX', 'PSDX') AND {in_force("assignment")})
SELECT (SELECT count(*) FROM named) AS total,
    (SELECT json_agg(line) FROM (
        SELECT json_build_object('code', near.code, 'title', words.long) AS line
        FROM named
        JOIN codes_codeset AS code_set ON code_set.slug = 'icd-10-cm'
        JOIN codes_code AS near ON near.code_set_id = code_set.id AND near.code = named.diagnosis
        JOIN codes_descriptor AS words ON words.code_id = near.id AND {in_force("words")}
        ORDER BY near.position LIMIT 60) AS lines) AS first
"""

WEIGHT = f"""
SELECT mdc, drg_type, is_post_acute, is_special_pay, weight, capped_weight, gmlos, amlos
FROM codes_drgweight AS line WHERE code_id = %(id)s AND {in_force("line")}
"""


def diagnoses_of(drg, on):
    """How many principal diagnoses lead to an MS-DRG on a day, and the first 60 as code and title."""
    row = one_row(DIAGNOSES, {"drg": drg, "on": on})
    return row["total"], row["first"] or []


def weight_of(code_id, on):
    """The line of Table 5 for an MS-DRG on a day (weights and days as decimals), or None."""
    return one_row(WEIGHT, {"id": code_id, "on": on})
