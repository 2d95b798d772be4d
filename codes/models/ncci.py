"""The queries behind NCCI's section, pair page and list of pairs, each one round trip."""

from codes.models.loaded import LOADED
from codes.models.page import TITLE, one_row

# a row without a first day is known inside its edition's own quarter; indicator 9 is history, never in force
STANDS = """edit.indicator <> 9 AND COALESCE(edit.effective_on, asked.quarter) <= asked.on_day
    AND COALESCE(edit.terminated_on, 'infinity') >= asked.on_day"""
UNTOLD = """edit.indicator <> 9 AND edit.effective_on IS NULL AND asked.quarter > asked.on_day
    AND COALESCE(edit.terminated_on, 'infinity') >= asked.on_day"""
ASKED = """asked (setting, on_day, quarter) AS (
    SELECT * FROM unnest(%(settings)s::smallint[], %(days)s::date[], %(quarters)s::date[]))"""
SIDE = f"""
SELECT asked.setting, {{side}} AS side, edit.indicator, count(*) FILTER (WHERE {STANDS}) AS standing,
    count(*) FILTER (WHERE {UNTOLD}) AS untold
FROM asked JOIN codes_ptpedit AS edit ON edit.setting = asked.setting AND edit.{{column}} = %(code)s
WHERE edit.indicator <> 9 GROUP BY 1, 2, 3"""
FIRST = f"""
SELECT asked.setting, {{side}} AS side, near.* FROM asked CROSS JOIN LATERAL (
    SELECT column_one, column_two, indicator, effective_on, terminated_on, rationale.text AS rationale
    FROM codes_ptpedit AS edit JOIN codes_rationale AS rationale ON rationale.id = edit.rationale_id
    WHERE edit.setting = asked.setting AND edit.{{column}} = %(code)s AND {STANDS}
    ORDER BY edit.setting, edit.{{column}}, edit.{{other}} LIMIT 3) AS near"""
ONE = {"side": 1, "column": "column_one", "other": "column_two"}
TWO = {"side": 2, "column": "column_two", "other": "column_one"}
ADDONS = """
SELECT {this} AS code, edit_type, instruction
FROM codes_addonedit WHERE {other} = %(code)s
    AND effective_on <= %(addon_day)s AND COALESCE(terminated_on, 'infinity') >= %(addon_day)s
    AND COALESCE(addon_ended_on, 'infinity') >= %(addon_day)s
    AND COALESCE(primary_ended_on, 'infinity') >= %(addon_day)s
    AND COALESCE(edit_began_on, '-infinity') <= %(addon_day)s
    AND COALESCE(edit_ended_on, 'infinity') >= %(addon_day)s"""
SECTION = f"""
WITH {ASKED},
limits (setting, on_day) AS (SELECT * FROM unnest(%(mue_settings)s::text[], %(mue_days)s::date[]))
SELECT
    (SELECT json_agg(counted) FROM ({SIDE.format(**ONE)} UNION ALL {SIDE.format(**TWO)}) AS counted) AS counts,
    (SELECT json_agg(line ORDER BY line.setting, line.side, line.column_one, line.column_two)
        FROM ({FIRST.format(**ONE)} UNION ALL {FIRST.format(**TWO)}) AS line) AS pairs,
    (SELECT json_agg(json_build_object('setting', mue.setting, 'value', value, 'adjudication', adjudication,
            'rationale', rationale))
        FROM limits JOIN codes_mueedit AS mue ON mue.setting = limits.setting AND mue.code = %(code)s
            AND mue.effective_on <= limits.on_day AND COALESCE(mue.terminated_on, 'infinity') >= limits.on_day
    ) AS mues,
    (SELECT json_agg(line ORDER BY line.code) FROM (
        {ADDONS.format(this="primary_code", other="addon_code")}) AS line) AS primaries,
    (SELECT json_agg(line ORDER BY line.code) FROM (
        {ADDONS.format(this="addon_code", other="primary_code")}) AS line) AS addons
"""

# Codes with their own short names (words that may stand outside an opened page), and what a page depends on.
CODES = f"""
SELECT {LOADED} AS loaded, (SELECT json_agg(json_build_object(
        'code', near.code, 'code_set', owning.slug, 'title', COALESCE({TITLE}, '')))
    FROM codes_code AS near
    JOIN codes_codeset AS owning ON owning.id = near.code_set_id AND owning.slug IN ('cpt', 'hcpcs')
    JOIN LATERAL (SELECT * FROM codes_descriptor WHERE code_id = near.id ORDER BY effective_on DESC LIMIT 1)
        AS words ON TRUE
    JOIN codes_release AS origin ON origin.id = words.release_id
    WHERE near.kind = 'code' AND near.code = ANY(%(codes)s)) AS codes
"""
PAIR = """
SELECT
    (SELECT json_agg(json_build_object('setting', setting, 'column_one', column_one, 'column_two', column_two,
            'effective_on', effective_on, 'terminated_on', terminated_on, 'indicator', indicator,
            'is_before_1996', is_before_1996, 'rationale', rationale.text)
            ORDER BY setting, column_one, effective_on DESC NULLS LAST, terminated_on DESC NULLS FIRST)
        FROM codes_ptpedit AS edit JOIN codes_rationale AS rationale ON rationale.id = edit.rationale_id
        WHERE setting IN (1, 2) AND column_one = ANY(%(codes)s) AND column_two = ANY(%(codes)s)) AS windows,
    (SELECT json_agg(json_build_object('code', code, 'value', value, 'adjudication', adjudication))
        FROM codes_mueedit AS mue WHERE code = ANY(%(codes)s) AND setting = 'practitioner'
            AND effective_on <= %(mue_day)s AND COALESCE(terminated_on, 'infinity') >= %(mue_day)s) AS mues,
    (SELECT json_agg(json_build_object('code', procedure, 'global_days', global_days,
            'facility_total', facility_total::text))
        FROM codes_relativevalue WHERE procedure = ANY(%(codes)s) AND modifier = ''
            AND effective_on <= %(fee_day)s AND COALESCE(terminated_on, 'infinity') >= %(fee_day)s) AS fees
"""
PER_PAGE = 100
# read from the index in the order of the other code, from behind the last one shown: the same for every page
LIST = f"""
WITH {ASKED}
SELECT json_agg(line) AS pairs FROM (
    SELECT edit.column_one, edit.column_two, edit.indicator, edit.effective_on, edit.terminated_on,
        rationale.text AS rationale
    FROM asked JOIN codes_ptpedit AS edit ON edit.setting = asked.setting
    JOIN codes_rationale AS rationale ON rationale.id = edit.rationale_id
    WHERE edit.setting = %(setting)s AND edit.{{column}} = %(code)s AND edit.{{other}} > %(after)s
        AND edit.{{other}} >= %(starts)s AND edit.{{other}} <= %(starts)s || '~' AND {STANDS}
    ORDER BY edit.{{other}} LIMIT {PER_PAGE + 1}) AS line
"""
LISTS = {1: LIST.format(**ONE), 2: LIST.format(**TWO)}


def section(code, pairs, limits, addon_day):
    """What NCCI says of a code: lists `counts`, `pairs`, `mues`, `primaries`, `addons` of dictionaries.

    `pairs` are (setting, day, first day of the edition's quarter), `limits` (setting, day); `addon_day` may be None.
    """
    parameters = asked(pairs) | {
        "code": code,
        "mue_settings": [setting for setting, _ in limits],
        "mue_days": [day for _, day in limits],
        "addon_day": addon_day,
    }
    return {name: rows or [] for name, rows in one_row(SECTION, parameters).items()}


def asked(pairs):
    """The parameters of `ASKED`."""
    settings, days, quarters = zip(*pairs, strict=True) if pairs else ((), (), ())
    return {"settings": list(settings), "days": list(days), "quarters": list(quarters)}


def find(codes):
    """(what is loaded, code → its code set and title) for those of these codes that have a page."""
    row = one_row(CODES, {"codes": list(codes)})
    return row["loaded"], {each["code"]: each for each in row["codes"] or []}


def pair(codes, mue_day, fee_day):
    """Every window of two codes, in both orders and settings, with their limits and units on these days."""
    row = one_row(PAIR, {"codes": list(codes), "mue_day": mue_day, "fee_day": fee_day})
    return {name: rows or [] for name, rows in row.items()}


def page_of_pairs(code, column, asking, after="", starts=""):
    """(a page of the pairs of a code in a column that stand on the day, whether more follow).

    `asking` is (setting, day, first day of the edition's quarter); `after` the other code that the page begins behind,
    `starts` what the other code begins with.
    """
    parameters = asked([asking]) | {"setting": asking[0], "code": code, "after": after, "starts": starts}
    rows = one_row(LISTS[column], parameters)["pairs"] or []
    return rows[:PER_PAGE], len(rows) > PER_PAGE
