"""The queries behind crosswalks and coverage: every part that a page asks for in one round trip.

A part is a scalar subquery that gives JSON. Its parameters are `code`, and for its own edition `on_<part>` (the day)
and `release_<part>`; `diagnoses_on` is a day on which titles of diagnoses are asked for.
"""

from codes.models.page import in_force, one_row

GEM = """json_build_object('code', line.code, 'mapped', line.mapped, 'is_approximate', line.is_approximate,
    'is_combination', line.is_combination, 'scenario', line.scenario, 'choice', line.choice)"""
GEM_ORDER = "line.scenario, line.choice, line.code, line.mapped"
HELD = """(policy.effective_on IS NULL OR policy.effective_on <= {on})
    AND (policy.ends_on IS NULL OR policy.ends_on >= {on})"""
POLICY = """'kind', policy.kind, 'number', policy.number, 'document', policy.document, 'version', policy.version,
    'title', policy.title"""


def equivalents(part, condition):
    """GEM lines that hold on the part's day and meet the condition on `line`."""
    held = in_force("line").replace("%(on)s", f"%(on_{part})s")
    return f"""(SELECT json_agg(found) FROM (
        SELECT {GEM} AS found FROM codes_equivalence AS line WHERE {condition} AND {held}
        ORDER BY {GEM_ORDER} LIMIT 60) AS lines)"""


def titled(codes, limit):
    """The first codes of an array with their titles as ICD-10-CM."""
    words_hold = in_force("words").replace("%(on)s", "%(diagnoses_on)s")
    return f"""(SELECT json_agg(json_build_object('code', listed.code, 'title', words.long) ORDER BY listed.at)
        FROM unnest({codes}[1:{limit}]) WITH ORDINALITY AS listed (code, at)
        LEFT JOIN codes_code AS near ON near.code = listed.code AND near.code_set_id
            = (SELECT id FROM codes_codeset WHERE slug = 'icd-10-cm')
        LEFT JOIN codes_descriptor AS words ON words.code_id = near.id AND {words_hold})"""


# groups of articles: for a procedure the diagnoses beside it, for a diagnosis the procedures
GROUP = """'group', groups.kind, 'group_number', groups.number,
    'paragraph', left(groups.paragraph, 800), 'is_cut', length(groups.paragraph) > 800,
    'total', cardinality(groups.codes)"""
BESIDE_PROCEDURE = f"""(SELECT json_agg(found) FROM (
    SELECT json_build_object({POLICY}, {GROUP}, 'all', count(*) OVER (), 'codes', {titled("groups.codes", 12)}) AS found
    FROM codes_policygroup AS groups JOIN codes_policy AS policy ON policy.id = groups.policy_id
    WHERE groups.kind <> 'procedures' AND policy.release_id = %(release_articles)s
        AND {HELD.format(on="%(on_articles)s")} AND EXISTS (
            SELECT FROM codes_policygroup AS asked WHERE asked.policy_id = policy.id AND asked.kind = 'procedures'
            AND asked.codes @> ARRAY[%(code)s]::varchar[])
    ORDER BY policy.number, groups.kind, groups.number LIMIT 4) AS lines)"""
BESIDE_DIAGNOSIS = f"""(SELECT json_agg(found) FROM (
    SELECT json_build_object({POLICY}, {GROUP}, 'all', count(*) OVER (), 'codes', (
            SELECT json_agg(json_build_object('code', code, 'code_set', (
                SELECT slug FROM codes_code AS near JOIN codes_codeset AS owner ON owner.id = near.code_set_id
                WHERE near.code = listed.code AND owner.slug IN ('cpt', 'hcpcs') LIMIT 1)))
            FROM (SELECT DISTINCT unnest(beside.codes) AS code FROM codes_policygroup AS beside
                WHERE beside.policy_id = policy.id AND beside.kind = 'procedures'
                ORDER BY 1 LIMIT 24) AS listed)) AS found
    FROM codes_policygroup AS groups JOIN codes_policy AS policy ON policy.id = groups.policy_id
    WHERE groups.kind <> 'procedures' AND groups.codes @> ARRAY[%(code)s]::varchar[]
        AND policy.release_id = %(release_articles)s AND {HELD.format(on="%(on_articles)s")}
    ORDER BY policy.number, groups.kind, groups.number LIMIT 6) AS lines)"""

# HCPCS: where the code leads, and which codes lead to it
CROSS_REFERENCES = """(SELECT json_agg(json_build_object('code', fact.code, 'named', fact.cross_references,
        'terminated_on', fact.terminated_on, 'known', (
            SELECT json_agg(json_build_object('code', near.code, 'code_set', owner.slug))
            FROM codes_code AS near JOIN codes_codeset AS owner ON owner.id = near.code_set_id
            WHERE near.code = ANY(fact.cross_references) AND owner.slug IN ('cpt', 'hcpcs'))) ORDER BY fact.code)
    FROM codes_hcpcsfact AS fact WHERE fact.release_id = %(release_references)s AND NOT fact.is_modifier
        AND (fact.code = %(code)s AND fact.cross_references <> '{}'
            OR fact.cross_references @> ARRAY[%(code)s]::varchar[]))"""

# the fields of a HCPCS code, with its processing note
FACT = """(SELECT json_build_object('coverage', fact.coverage, 'pricing', fact.pricing,
        'multiple_pricing', fact.multiple_pricing, 'ncd_sections', fact.ncd_sections,
        'manual_sections', fact.manual_sections, 'statute', fact.statute, 'lab_certifications', fact.lab_certifications,
        'asc_group', fact.asc_group, 'betos', fact.betos, 'types_of_service', fact.types_of_service,
        'processing_note', fact.processing_note, 'note', (
            SELECT text FROM codes_processingnote AS note
            WHERE note.release_id = fact.release_id AND note.number = fact.processing_note))
    FROM codes_hcpcsfact AS fact
    WHERE fact.release_id = %(release_fact)s AND fact.code = %(code)s AND NOT fact.is_modifier)"""

# policies whose groups name the code, and those that such a policy names in turn
POLICIES = f"""(WITH named AS (
        SELECT policy.id, policy.related, array_agg(DISTINCT groups.kind) AS roles
        FROM codes_policygroup AS groups JOIN codes_policy AS policy ON policy.id = groups.policy_id
        WHERE groups.codes @> ARRAY[%(code)s]::varchar[] AND policy.release_id = ANY(%(releases)s)
        GROUP BY policy.id),
    beside AS (
        SELECT DISTINCT ON (policy.kind, policy.document) policy.id, NULL::varchar[] AS roles
        FROM (SELECT DISTINCT unnest(related) AS of FROM named) AS target
        JOIN codes_policy AS policy ON policy.release_id = ANY(%(releases)s)
            AND policy.kind = split_part(target.of, ':', 1)
            AND policy.document = split_part(target.of, ':', 2)::integer
        WHERE policy.kind IN ('ncd', 'lcd') AND policy.id NOT IN (SELECT id FROM named)
        ORDER BY policy.kind, policy.document, policy.version DESC),
    every AS (SELECT id, roles::varchar[] FROM named UNION ALL SELECT * FROM beside)
    SELECT json_agg(found) FROM (
        SELECT json_build_object({POLICY}, 'status', policy.status, 'effective_on', policy.effective_on,
            'ends_on', policy.ends_on, 'contractors', policy.contractors, 'states', policy.states, 'roles', every.roles,
            'all', count(*) OVER ()) AS found
        FROM every JOIN codes_policy AS policy ON policy.id = every.id
        ORDER BY (policy.ends_on IS NULL OR policy.ends_on >= %(on_policies)s) DESC,
            array_position(ARRAY['ncd', 'lcd', 'article'], policy.kind::text), policy.number, policy.version DESC
        LIMIT 30) AS lines)"""


def ask(parts, parameters):
    """The answers of parts (name → its SQL) by name, as lists or dictionaries, None where there is none: one query."""
    if not parts:
        return {}
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in parts.items())
    return one_row(f"SELECT {columns}", parameters)
