"""The queries behind the sections of a diagnosis page, each one round trip."""

from codes.models.page import in_force, one_row

# Seventh characters defined above, codes that differ in side or encounter, and notes elsewhere that name the code.
RELATIONS = f"""
SELECT
    (SELECT json_agg(json_build_object('code', owner.code, 'character', seventh.character, 'text', seventh.text)
            ORDER BY owner.position, seventh.character)
        FROM codes_seventhcharacter AS seventh JOIN codes_code AS owner ON owner.id = seventh.code_id
        WHERE owner.code_set_id = %(code_set_id)s AND owner.code = ANY(%(family)s) AND {in_force("seventh")}
    ) AS seventh,
    (SELECT json_agg(json_build_object('code', near.code, 'title', words.long) ORDER BY near.position)
        FROM (
            SELECT id, code, position FROM codes_code WHERE parent_id = %(parent_id)s
            UNION SELECT id, code, position FROM codes_code
            WHERE code_set_id = %(code_set_id)s AND code LIKE %(other_side)s) AS near
        JOIN codes_descriptor AS words ON words.code_id = near.id AND {in_force("words")}
        WHERE words.billable) AS siblings,
    (SELECT json_agg(line) FROM (
        SELECT json_build_object('code', owner.code, 'title', words.long, 'kind', note.kind, 'text', note.text,
                'first', min(reference.first), 'last', max(reference.last)) AS line
        FROM codes_notereference AS reference
        JOIN codes_note AS note ON note.id = reference.note_id AND {in_force("note")}
        JOIN codes_code AS owner ON owner.id = note.code_id AND owner.code_set_id = %(code_set_id)s
        JOIN codes_descriptor AS words ON words.code_id = owner.id AND {in_force("words")}
        WHERE NOT owner.code = ANY(%(family)s) AND (
            reference.first = ANY(%(family)s) OR reference.first LIKE %(below)s
            OR reference.first < reference.last AND NOT reference.is_qualified
                AND reference.first <= %(code)s AND %(code)s <= reference.last || '~')
        GROUP BY owner.id, owner.code, words.long, note.id
        ORDER BY owner.position, note.position LIMIT 40) AS lines) AS named_by
"""

# MS-DRGs it leads to with their weights, CC or MCC, and HCCs by payment year.
GROUPS = f"""
SELECT
    (SELECT json_agg(json_build_object('drg', drg.code, 'title', words.long, 'role', assignment.role,
            'mdc', weight.mdc, 'type', weight.drg_type, 'weight', weight.capped_weight::text,
            'gmlos', weight.gmlos::text, 'amlos', weight.amlos::text, 'group', assignment.id)
            ORDER BY assignment.id, drg.code)
        FROM codes_diagnosisdrg AS assignment
        JOIN codes_codeset AS code_set ON code_set.slug = 'ms-drg'
        JOIN codes_code AS drg ON drg.code_set_id = code_set.id AND drg.code = ANY(assignment.drgs)
        JOIN codes_descriptor AS words ON words.code_id = drg.id AND {in_force("words")}
        LEFT JOIN codes_drgweight AS weight ON weight.code_id = drg.id AND {in_force("weight")}
        WHERE assignment.diagnosis = %(code)s AND {in_force("assignment")}) AS drgs,
    (SELECT json_agg(json_build_object('level', level, 'only_if_alive', only_if_alive,
            'exclusion_count', exclusion_count))
        FROM codes_diagnosiscomplication AS complication
        WHERE diagnosis = %(code)s AND {in_force("complication")}) AS complications,
    (SELECT json_agg(json_build_object('payment_year', payment_year, 'model', model, 'hcc', hcc, 'label', label,
            'effective_on', effective_on, 'terminated_on', terminated_on) ORDER BY payment_year DESC, model)
        FROM codes_diagnosishcc WHERE diagnosis = %(code)s) AS hccs
"""


def relations(found, on):
    """What is related to a found diagnosis on a day: lists `seventh`, `siblings`, `named_by` of dictionaries."""
    code = found.code
    row = one_row(
        RELATIONS,
        {
            "code": code,
            "code_set_id": found.code_set_id,
            "parent_id": found.parent_id,
            "family": [*found.path, code],
            "other_side": f"{code[:5]}_{code[6]}" if len(code) == 7 else "",
            "below": f"{code}_%",
            "on": on,
        },
    )
    return {name: rows or [] for name, rows in row.items()}


def groups(code, on):
    """The payment groups of a diagnosis on a day: lists `drgs`, `complications`, `hccs` of dictionaries; weights and
    days as text with the decimals of the file (MS-DRG Table 5; the capped weight pays)."""
    return {name: rows or [] for name, rows in one_row(GROUPS, {"code": code, "on": on}).items()}
