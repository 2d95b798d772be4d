"""The queries behind fees and payment indicators, each one round trip; every number comes as an exact decimal."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes.models.outpatient import STATUS
from codes.models.page import in_force, one_row

DATES = ("effective_on", "terminated_on")
LINES = """(SELECT jsonb_agg(to_jsonb(line) ORDER BY line.modifier, line.effective_on)
    FROM codes_relativevalue AS line WHERE line.procedure = %(code)s {and_more})::text"""
IN_FORCE = in_force("line")
FACTS = f"""
WITH zips AS (
    SELECT zip, state, mac, number, is_split FROM codes_ziplocality
    WHERE zip = %(zip)s AND effective_on <= %(zip_on)s AND (terminated_on IS NULL OR terminated_on >= %(zip_on)s)),
wanted AS (SELECT %(mac)s AS mac, %(number)s AS number UNION ALL SELECT mac, number FROM zips WHERE NOT is_split)
SELECT {LINES.format(and_more="")} AS lines,
    (SELECT jsonb_agg(to_jsonb(zips)) FROM zips)::text AS zips,
    (SELECT jsonb_agg(to_jsonb(place) ORDER BY place.effective_on)
        FROM codes_locality AS place JOIN wanted USING (mac, number))::text AS localities,
    (SELECT jsonb_agg(jsonb_build_array(place.state, place.mac || '-' || place.number, place.name)
            ORDER BY place.state, place.name)
        FROM codes_locality AS place WHERE {in_force("place")})::text AS places,
    (SELECT jsonb_agg(to_jsonb(cap) ORDER BY cap.modifier)
        FROM codes_oppscap AS cap JOIN wanted USING (mac, number)
        WHERE cap.procedure = %(code)s AND {in_force("cap")})::text AS caps,
    (SELECT base.units FROM codes_anesthesiabase AS base WHERE base.procedure = %(code)s
        AND base.effective_on <= %(base_on)s AND (base.terminated_on IS NULL OR base.terminated_on >= %(base_on)s)
        LIMIT 1) AS base_units,
    (SELECT max(place.national_anesthesia_factor) FROM codes_locality AS place
        WHERE {in_force("place")}) AS national_anesthesia_factor,
    {STATUS} AS outpatient
"""


@dataclass
class FeeFacts:
    """What a fee is worked out from: lines and localities of every window, the rest of the day asked for.

    `lines`, `localities`, `zips` and `caps` are dictionaries by column; `places` are (state, MAC-locality, name).
    """

    lines: list
    zips: list
    localities: list
    places: list
    caps: list
    base_units: int | None
    national_anesthesia_factor: Decimal | None
    outpatient: dict | None = None


def fee_facts(code, place, on, zip_on, base_on, outpatient_on=None):
    """The `FeeFacts` of a code at a `codes.places.Place` on a day; ZIP codes, base units and the outpatient status on
    days of their own."""
    row = one_row(
        FACTS,
        {
            "code": code,
            "on": on,
            "zip": place.zip,
            "mac": place.mac,
            "number": place.number,
            "zip_on": zip_on,
            "base_on": base_on,
            "outpatient_on": outpatient_on,
        },
    )
    base, factor = row.pop("base_units"), row.pop("national_anesthesia_factor")
    outpatient = row.pop("outpatient")
    lists = {name: exact(text) for name, text in row.items()}
    return FeeFacts(**lists, base_units=base, national_anesthesia_factor=factor, outpatient=outpatient)


def lines_on(code, on):
    """The lines of the relative value file about a code on a day, the unmodified one first: one query."""
    row = one_row(f"SELECT {LINES.format(and_more=f'AND {IN_FORCE}')} AS lines", {"code": code, "on": on})
    return exact(row["lines"])


def exact(text):
    """JSON as Postgres prints it: decimals as they are stored, lists for nothing, days as dates."""
    return json.loads(text, parse_float=Decimal, object_hook=with_days) if text else []


def with_days(row):
    """A row with its window as dates."""
    return row | {name: row[name] and date.fromisoformat(row[name]) for name in DATES if name in row}


def holding(rows, day):
    """Those rows whose window holds the day."""
    return [
        row
        for row in rows
        if row["effective_on"] <= day and (row["terminated_on"] is None or day <= row["terminated_on"])
    ]
