"""The fee over the loaded quarters: a table, and the same as a small drawing."""

from codes import medicare_fee
from codes.models.fee_page import holding

WIDTH, HEIGHT, EDGE = 480, 120, 24  # in the units of the drawing


def chart(subject, facts):
    """Rows by quarter, the earliest first, and `series` of points; None where fewer than two quarters are loaded."""
    editions = list(reversed(subject.editions.of_source("pfs")))
    rows = [quarter(edition, facts) for edition in editions]
    if len(rows) < 2:
        return None
    amounts = [amount for row in rows for amount in row["amounts"] if amount is not None]
    return {
        "rows": rows,
        "width": WIDTH,
        "height": HEIGHT,
        "series": [series(rows, at, amounts) for at in range(len(medicare_fee.SETTINGS))] if amounts else [],
    }


def quarter(edition, facts):
    """What held on the first day of an edition: RVUs, conversion factor, amounts (None where there is none)."""
    day = edition.effective_on
    line = next(iter(holding(facts.lines, day)), None)
    geography = next(iter(holding(facts.localities, day)), medicare_fee.NATIONAL)
    if line is None:
        return {
            "label": edition.label,
            "units": ["–", "–"],
            "amounts": [None, None],
            "fees": ["not named"] * 2,
        }
    return {
        "label": edition.label,
        "units": [line[f"{setting}_total"] for setting in medicare_fee.SETTINGS],
        "factor": line["conversion_factor"],
        "amounts": [medicare_fee.amount(line, geography, setting) for setting in medicare_fee.SETTINGS],
        "fees": [medicare_fee.in_words(line, geography, setting) for setting in medicare_fee.SETTINGS],
    }


def series(rows, at, amounts):
    """One setting's line: the points of a polyline, and the dots with what they say."""
    dots = [
        {
            "x": round(EDGE + number * (WIDTH - 2 * EDGE) / (len(rows) - 1)),
            "y": height_of(row["amounts"][at], min(amounts), max(amounts)),
            "says": f"{row['label']}: {row['fees'][at]}",
        }
        for number, row in enumerate(rows)
        if row["amounts"][at] is not None
    ]
    return {
        "name": ("non-facility", "facility")[at],
        "is_dashed": at == 1,
        "points": " ".join(f"{dot['x']},{dot['y']}" for dot in dots),
        "dots": dots,
    }


def height_of(amount, least, most):
    """Where an amount stands: the least at the bottom, the most at the top."""
    share = (amount - least) / (most - least) if most > least else 0.5
    return round(HEIGHT - EDGE - float(share) * (HEIGHT - 2 * EDGE))
