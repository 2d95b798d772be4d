"""The hierarchy of CPT numbers in our own words: by number alone, since the AMA's files have none that is ours to show.

The finer ranges of the demonstration stay where they are, so no address of a list changes with the AMA's files.
"""

import csv
from collections import Counter
from functools import cache

from django.conf import settings

from codes.importers.number_spans import SPANS, holds, rank, rest_of
from codes.importers.placing import CodeRow

LONG = 150  # codes directly below a range from which hundreds stand between


def placed(codes):
    """(the `CodeRow`s of these codes with their ranges, in order; range → its name)."""
    ours = {code: ranges_of(code) for code in codes}
    counts = Counter(path[-1] for path in ours.values())
    rows, names = [], {}
    for code in sorted(codes, key=rank):
        path = ours[code]
        if counts[path[-1]] > LONG:
            path = (*path, rest_of(code)[0])
        for depth, above in enumerate(path):
            if above not in names:
                names[above] = name_of(above, code)
                rows.append(CodeRow(above, "range", path[depth - 1] if depth else "", path[:depth]))
        rows.append(CodeRow(code, "code", path[-1], path))
    return rows, names


def ranges_of(code):
    """Our ranges that hold a number, from the top down."""
    top = next((span for span in SPANS["cpt"] if holds(span, code)), None) or rest_of(code)[0]
    finer = [span for span in finer_ranges() if span != top and holds(span, code) and holds(top, span[:5])]
    return (top, *finer)


def name_of(span, code):
    """What we call a range."""
    if span in SPANS["cpt"] or span in finer_ranges():
        return SPANS["cpt"].get(span) or finer_ranges()[span]
    first, last = span.split("-")
    return f"Numbers {first} to {last}"


@cache
def finer_ranges():
    """The ranges of the demonstration with their names, the wider before the narrower."""
    path = settings.BASE_DIR / "fixtures" / "cpt_demonstration.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["short"] for row in csv.DictReader(lines) if row["kind"] == "range"}
