"""Which words of a text went and which came."""

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\w+|\s+|[^\w\s]")


def word_diff(before, after):
    """Runs of text as (kind, text): `same`, `gone` (only before), `come` (only after); in reading order."""
    old, new = WORD.findall(before), WORD.findall(after)
    runs = []
    for change, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if change == "equal":
            runs.append(("same", "".join(old[start:end])))
            continue
        runs += [("gone", "".join(old[start:end])), ("come", "".join(new[new_start:new_end]))]
    return [(kind, text) for kind, text in runs if text]
