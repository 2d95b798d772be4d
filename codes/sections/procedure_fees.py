"""RVUs and Medicare fee of a procedure: the arithmetic line by line, by modifier, at a locality, over the quarters."""

from codes import medicare_fee
from codes.models.fee_page import fee_facts, holding
from codes.sections import fee_chart, fee_places, outpatient_line
from codes.sections.base import DoesNotApply, Filled, NotLoaded, outside

FILE, COMMAND = "the physician fee schedule (the RVU file)", "import_release pfs FILE"
MODIFIERS = {
    "26": "Professional component",
    "TC": "Technical component",
    "53": "Discontinued procedure",
}
NO_WHOLE = "no line without a modifier"
SETTINGS = medicare_fee.SETTINGS
PUBLISHED_ONLY = "published; Medicare does not pay by them"


def edition_of(subject):
    """(the edition of the fee schedule that answers, the day to ask its rows for), or the answer why there is none."""
    editions = subject.editions
    source = editions.of_source("pfs")
    edition = editions.answer(source)
    if edition:
        return edition, editions.day(source), None
    if editions.dos and source:
        return None, None, DoesNotApply(f"is not answered for that day: {outside(source, editions.dos)}")
    return None, None, NotLoaded(FILE, COMMAND)


def not_named(edition):
    """The answer where the edition does not name the code: a demonstration knows a few codes only."""
    if edition.is_demonstration:
        return NotLoaded(FILE, COMMAND)
    return DoesNotApply(
        f"is not worked out: {edition.label} does not name the code. Another schedule may pay for it."
    )


def answer(subject):
    """The fee of a CPT or HCPCS code on the day asked for, at the place asked for."""
    edition, on, why_not = edition_of(subject)
    if why_not:
        return outpatient_line.alone(subject, why_not)
    days = [day_of(subject, source, on) for source in ("zip5", "anesthesia-base-units")]
    opps = outpatient_line.answering(subject)
    facts = fee_facts(subject.code, subject.place, on, *days, opps.day)
    lines = holding(facts.lines, on)
    if not lines:
        return outpatient_line.alone(subject, not_named(edition))
    geography, place = fee_places.resolved(subject, facts, on)
    line = lines[0]
    context = {
        "edition": edition,
        "place": place,
        "dos": subject.editions.dos,
        "status": line["status"],
        "arithmetic": None if line["modifier"] else arithmetic(line, geography),
        "by_setting": of_the_whole(line, geography),
        "national": by_setting(line, medicare_fee.NATIONAL)
        if geography is not medicare_fee.NATIONAL
        else None,
        "published_only": published_only(line),
        "modifiers": [modifier(other, geography) for other in lines if other["modifier"]],
        "caps": caps(facts.caps, lines, geography, place),
        "anesthesia": anesthesia(facts, geography) if line["status"] == "J" else None,
        "chart": fee_chart.chart(subject, facts),
        "outpatient": outpatient_line.in_words(facts.outpatient, opps.edition),
    }
    fee = fee_in_short(line, geography)
    sources = [edition, opps.edition] if facts.outpatient else [edition]
    return Filled(
        context, value=fee, edition=edition.label, facts={"RVU": rvu(line), "Fee": fee}, sources=sources
    )


def day_of(subject, source, on):
    """The day to ask another source's rows for: the fee's day where an edition holds it, else its latest."""
    editions = subject.editions.of_source(source)
    if any(edition.holds(on) for edition in editions):
        return on
    return (editions[0].ends_on or editions[0].effective_on) if editions else None


def arithmetic(line, geography):
    """The table: a line for each component, the sum, the conversion factors and the fee; None where no RVUs stand."""
    if not any(medicare_fee.total(line, medicare_fee.NATIONAL, setting) for setting in SETTINGS):
        return None
    both = zip(*(medicare_fee.terms(line, geography, setting) for setting in SETTINGS), strict=True)
    rows = [
        {
            "name": one.name,
            "index": one.index,
            "cells": [cell(line, *each) for each in zip(SETTINGS, pair, strict=True)],
        }
        for pair in both
        for one in [pair[0]]
    ]
    sums = [f"{medicare_fee.total(line, geography, setting):f}" for setting in SETTINGS]
    return {
        "rows": rows,
        "sums": [
            total if is_priced(line, setting) else "–" for total, setting in zip(sums, SETTINGS, strict=True)
        ],
        "factors": factors(line, geography),
    }


def is_priced(line, setting):
    """Whether there is an amount in this setting."""
    return not medicare_fee.reason(line, setting)


def cell(line, setting, term):
    """Units, and what they add to the sum where there is an amount."""
    return {"units": term.units, "product": term.product if is_priced(line, setting) else "–"}


def factors(line, geography):
    """Each conversion factor with its fees; the second is for participants of an advanced payment model."""
    named = [("conversion_factor", ""), ("qpp_conversion_factor", "advanced payment model")]
    return [
        {"factor": line[name], "whose": whose, "fees": by_setting(line, geography, name)}
        for name, whose in named
        if line[name] is not None
    ]


def by_setting(line, geography, factor="conversion_factor"):
    """(setting, amount or reason in words) for non-facility and facility."""
    return [(setting, medicare_fee.in_words(line, geography, setting, factor)) for setting in SETTINGS]


def of_the_whole(line, geography):
    """The same for the code without a modifier: a few codes have no such line."""
    if line["modifier"]:
        return [(setting, NO_WHOLE) for setting in SETTINGS]
    return by_setting(line, geography)


def published_only(line):
    """The sentence about RVUs that are published for a code that Medicare does not pay by them."""
    has_units = any(line[f"{setting}_total"] for setting in SETTINGS)
    return PUBLISHED_ONLY if has_units and line["status"] not in medicare_fee.PRICED else ""


def modifier(line, geography):
    """A line with a modifier: its units and fees in both settings."""
    return {
        "modifier": line["modifier"],
        "name": MODIFIERS.get(line["modifier"], ""),
        "units": [line[f"{setting}_total"] for setting in SETTINGS],
        "fees": [words for _, words in by_setting(line, geography)],
    }


def caps(rows, lines, geography, place):
    """The caps of the outpatient system at the locality beside the uncapped fee; lower of the two is payable."""
    if not place["is_local"]:
        return []
    by_modifier = {line["modifier"]: line for line in lines}
    return [
        {
            "modifier": row["modifier"],
            "caps": [medicare_fee.dollars(row[setting]) for setting in SETTINGS],
            "payable": [
                lower(by_modifier.get(row["modifier"]), row, geography, setting) for setting in SETTINGS
            ],
        }
        for row in rows
    ]


def lower(line, cap, geography, setting):
    """The lower of fee and cap in words; the reason where there is no fee."""
    if line is None or not is_priced(line, setting):
        return medicare_fee.reason(line, setting) if line else "–"
    return medicare_fee.dollars(min(cap[setting], medicare_fee.amount(line, geography, setting)))


def anesthesia(facts, geography):
    """Base units, the locality's factor, and the fee for some lengths; `lengths` is empty without base units."""
    factor = geography.get("anesthesia_factor") or facts.national_anesthesia_factor or 0
    lengths = []
    if factor and facts.base_units is not None:
        lengths = [
            {"minutes": minutes, "time": time, "units": units, "fee": medicare_fee.dollars(fee)}
            for minutes, time, units, fee in medicare_fee.anesthesia(facts.base_units, factor)
        ]
    return {"base": facts.base_units, "factor": exact_dollars(factor), "lengths": lengths}


def exact_dollars(factor):
    """A factor of four decimals with at least two of them: `19.31`, `20.3178`; empty for none."""
    text = f"{factor:.4f}"
    return (text.removesuffix("00") if text.endswith("00") else text) if factor else ""


def rvu(line):
    """`3.87 / 1.82`, non-facility and facility; `none` where none are published."""
    totals = [line[f"{setting}_total"] for setting in SETTINGS]
    return " / ".join(map(str, totals)) if any(totals) else "none"


def fee_in_short(line, geography):
    """`$111.83 / $54.20`, or what both settings say."""
    said = [words for _, words in of_the_whole(line, geography)]
    return said[0] if said[0] == said[1] else " / ".join(said)
