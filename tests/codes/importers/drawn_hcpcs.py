"""Draws the HCPCS file small: records by column, in words of our own."""

LETTERS = "ABCEGHJKLMPQRSTV"
COLUMNS = {  # name → first column
    "short": 92,
    "pricing": 120,
    "multiple": 128,
    "cim": 129,
    "mcm": 147,
    "statute": 171,
    "lab": 181,
    "xref": 205,
    "coverage": 230,
    "asc": 231,
    "asc_on": 233,
    "note": 253,
    "betos": 257,
    "tos": 261,
    "units": 266,
    "added": 269,
    "acted": 277,
    "ended": 285,
    "action": 293,
}
NOTICE = "***Drawn for a test\t\t\t"


def record(code, *texts, **fields):
    """The lines of a code (five characters) or modifier (two), a text for each."""
    is_modifier, lines = len(code) == 2, []
    fields = {"added": "20020101", "acted": "20020101", "action": "N", **fields}
    for at, text in enumerate(texts, 1):
        kind = ("78" if is_modifier else "34")[at > 1]
        line = list(f"{code:>5}{at * 100:05d}{kind}{text}".ljust(320))
        for name, value in fields.items() if at == 1 else ():
            first = COLUMNS[name] - 1
            line[first : first + len(value)] = value
        lines.append("".join(line))
    return lines


def text(*records):
    """A file of these records beside one code of every letter, with a notice before and after."""
    lines = [NOTICE, "", *record("LT", "Drawn: the left side", short="Left side", coverage="C")]
    for letter in LETTERS:
        lines += record(f"{letter}9000", f"Drawn thing of letter {letter}", short=f"Drawn {letter}")
    for one in records:
        lines += one
    return "\n".join([*lines, "\tDrawn footer\t", ""])
