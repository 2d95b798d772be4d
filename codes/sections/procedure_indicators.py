"""The twelve payment indicators of a procedure in one table, and how long its global period lasts."""

from datetime import timedelta

from codes import indicators
from codes.models.fee_page import lines_on
from codes.sections.base import Filled
from codes.sections.procedure_fees import edition_of, not_named

SHARES = (
    ("preoperative", "before"),
    ("intraoperative", "the operation"),
    ("postoperative", "after"),
)


def answer(subject):
    """The indicators of a CPT or HCPCS code on the day asked for, those that do not apply at the end."""
    edition, on, why_not = edition_of(subject)
    if why_not:
        return why_not
    lines = lines_on(subject.code, on)
    if not lines:
        return not_named(edition)
    rows = [row(indicator, lines) for indicator in indicators.INDICATORS]
    status = rows[0]
    context = {
        "rows": sorted(rows, key=lambda each: each["is_silent"]),
        "status": status,
        "edition": edition,
        "not_used": lines[0]["not_used_for_medicare"],
        "period": period(lines[0]["global_days"], subject),
        "dos": subject.editions.dos,
    }
    admitted = {name for each in rows for name in each["modifiers"]}
    return Filled(
        context,
        value=f"{len(admitted)} modifiers" if len(admitted) != 1 else "1 modifier",
        edition=f"Status {status['value']} · {edition.label}",
        facts={"Global": lines[0]["global_days"]},
        sources=[edition],
    )


def row(indicator, lines):
    """One indicator as the table prints it; where lines with a modifier say otherwise, each value stands."""
    line = lines[0]
    if indicator is indicators.PACKAGE:
        return shares(indicator, line)
    value = line[indicator.column]
    key = "code" if indicator is indicators.BASE and value else value
    differing = others(indicator, lines)
    return {
        "name": indicator.name,
        "value": value,
        "meaning": indicator.meaning(key) if value else "Concept does not apply.",
        "modifiers": indicator.admits(key),
        "is_silent": value in indicator.silent and not differing,
        "base": value if indicator is indicators.BASE else "",
        "others": differing,
    }


def others(indicator, lines):
    """What lines with a modifier say otherwise, such as the supervision of TC."""
    return [
        {
            "modifier": line["modifier"],
            "value": line[indicator.column],
            "meaning": indicator.meaning(line[indicator.column]),
        }
        for line in lines[1:]
        if line[indicator.column] != lines[0][indicator.column]
    ]


def shares(indicator, line):
    """The shares of the surgical package before, during and after the operation."""
    told = [f"{line[column]:.0%} {what}" for column, what in SHARES if line[column]]
    key = "split" if told else ""
    return {
        "name": indicator.name,
        "value": "–" if not told else "",
        "meaning": f"{', '.join(told)}. {indicator.meaning(key)}" if told else "Concept does not apply.",
        "modifiers": indicator.admits(key),
        "is_silent": not told,
        "others": [],
    }


def period(days, subject):
    """The global period in days, its first and last day where a surgery is given; None if it has none."""
    if days not in indicators.DAYS_AFTER:
        return None
    before, after = indicators.DAYS_BEFORE.get(days, 0), indicators.DAYS_AFTER[days]
    surgery = subject.surgery
    return {
        "length": before + 1 + after,
        "after": after,
        "surgery": surgery,
        "first": surgery and surgery - timedelta(days=before),
        "last": surgery and surgery + timedelta(days=after),
    }
