"""The hierarchy of HCPCS Level II: a range for each letter in our own words, hundreds below it where it is long."""

from collections import Counter

from codes.importers.number_spans import SPANS, rest_of
from codes.importers.placing import CodeRow

LONG = 150  # codes below a letter from which hundreds stand between


def placed(codes):
    """(the `CodeRow`s of these codes with their ranges, in order; range → its name)."""
    rows, names = [], {}
    counts = Counter(code[0] for code in codes)
    for code in sorted(codes):
        path = path_of(code, counts[code[0]])
        for depth, above in enumerate(path):
            if above not in names:
                names[above] = name_of(above, code)
                rows.append(CodeRow(above, "range", path[depth - 1] if depth else "", path[:depth]))
        rows.append(CodeRow(code, "code", path[-1], path))
    return rows, names


def path_of(code, count):
    """The ranges above a code."""
    letter = f"{code[0]}0000-{code[0]}9999"
    if count <= LONG:
        return (letter,)
    return letter, f"{code[:3]}00-{code[:3]}99"


def name_of(span, code):
    """Our own name of a range."""
    if span in SPANS["hcpcs"]:
        return SPANS["hcpcs"][span]
    first, last = span.split("-")
    return f"Codes {first} to {last}" if span == rest_of(code)[0] else f"{code[0]} codes"
