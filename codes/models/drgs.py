"""The queries behind the sections of an MS-DRG page, each one round trip."""

from codes.models.page import in_force, one_row

DIAGNOSES = f"""
WITH named AS (
    SELECT assignment.diagnosis, bool_and(assignment.role LIKE 'MDC %%') AS by_category
    FROM codes_diagnosisdrg AS assignment
    WHERE %(drg)s = ANY(assignment.drgs) AND {in_force("assignment")}
        AND (assignment.role IN ('PDX', 'PSDX') OR assignment.role LIKE 'MDC %%')
    GROUP BY assignment.diagnosis)
SELECT (SELECT count(*) FROM named) AS total, (SELECT coalesce(bool_and(by_category), FALSE) FROM named) AS by_category,
    (SELECT json_agg(line) FROM (
        SELECT json_build_object('code', named.diagnosis, 'title', coalesce(words.long, ''),
            'is_known', near.id IS NOT NULL) AS line
        FROM named
        JOIN codes_codeset AS code_set ON code_set.slug = 'icd-10-cm'
        LEFT JOIN codes_code AS near ON near.code_set_id = code_set.id AND near.code = named.diagnosis
        LEFT JOIN codes_descriptor AS words ON words.code_id = near.id AND {in_force("words")}
        ORDER BY near.position, named.diagnosis LIMIT 60) AS lines) AS first
"""

WEIGHT = f"""
SELECT mdc, drg_type, is_post_acute, is_special_pay, weight, capped_weight, gmlos, amlos
FROM codes_drgweight AS line WHERE code_id = %(id)s AND {in_force("line")}
"""


def diagnoses_of(drg, on):
    """The principal diagnoses that lead to an MS-DRG on a day.

    `total` of them; `first`, the first 60 as `code`, `title` (empty where no title of that day is loaded) and
    `is_known` (whether its code set is loaded); `by_category` where they lead to their MDC and no list names the group.
    """
    row = one_row(DIAGNOSES, {"drg": drg, "on": on})
    return row | {"first": row["first"] or []}


def weight_of(code_id, on):
    """The line of Table 5 for an MS-DRG on a day (weights and days as decimals), or None."""
    return one_row(WEIGHT, {"id": code_id, "on": on})
