"""What each character of an ICD-10-PCS code is called, learned from the titles of its table.

Titles of one table are built alike: those of codes that differ in one character differ in that character's words only.
So the words that change with a character are its label, widened to the words beside them that nothing else claims
(“Left Knee” to “Left Knee Joint”). Labels that stand in codes/pcs.py help to find the others.
"""

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import takewhile

from codes.pcs import axis, holds, standing_label

WORD = re.compile(r",|[^\s,]+(?:,(?=\S)[^\s,]+)*")
JOINTS = {
    ",",
    "of",
    "with",
    "to",
    "from",
    "into",
    "in",
    "using",
    "on",
    "for",
    "and",
    "between",
    "at",
    "created",
}
# A label that holds one of these has run into the next character's words.
RUN_ON = re.compile(r"(?<!\d) (with|to|from|into|using) ")
POSITIONS = (4, 5, 6, 7)
# A label stands only where this share of the codes with the character agree on it.
AGREEMENT = 0.6
# Operations whose titles say more than the operation's name.
LONGER = {"Extirpation": "Extirpation of Matter", "Control": "Control Bleeding"}
SUBSTANCE_ABUSE = "Substance Abuse Treatment"  # in the titles of section H


def learn(titles, operations):
    """Labels by (table or whole code, position, character) for positions 4 to 7.

    `titles` are long titles by code; `operations` the operation's words by table, as `Replacement` for 0SR. A whole
    code has a label of its own where its title says something else than its table's label for the character.
    """
    words = {code: in_words(title) for code, title in titles.items()}
    spans = changing(words)
    claimed = {code: claims(code, line, spans[code], operations[code[:3]]) for code, line in words.items()}
    labels, shared = vote(claimed, reach=3), vote(claimed, reach=2)
    again = {}
    for code in untold(titles, labels):
        hints = hints_for(code, labels, shared)
        again[code] = claims(code, words[code], spans[code], operations[code[:3]], hints)
    labels = vote(again, reach=3) | labels
    return labels | {
        (code, position, code[position - 1]): text
        for code in untold(titles, labels)
        for position, text in again.get(code, {}).items()
        if not told(code, position, titles[code], labels)
    }


def vote(claimed, reach):
    """The labels that codes agree on, by (first `reach` characters, position, character)."""
    votes = defaultdict(Counter)
    for code, found in claimed.items():
        for position, text in found.items():
            votes[code[:reach], position, code[position - 1]][text] += 1
    return {key: text for key, counts in votes.items() if (text := agreed(counts))}


def agreed(counts):
    """The text that most codes vote for, or None where too few agree."""
    text, number = counts.most_common(1)[0]
    return text if number >= AGREEMENT * counts.total() else None


def told(code, position, title, labels):
    """Whether a position has a label, standing or learned for its table, that holds for the code."""
    learned = labels.get((code[:3], position, code[position - 1]))
    return standing_label(code, position) or (learned and holds(code, position, title, learned))


def untold(titles, labels):
    """Codes of which some position has no label yet."""
    return [
        code
        for code, title in titles.items()
        if not all(told(code, position, title, labels) for position in POSITIONS)
    ]


def hints_for(code, labels, shared):
    """Labels to look for in a title first, by position: those of its table, else of its body system's tables."""
    found = {}
    for position in POSITIONS:
        character = code[position - 1]
        text = labels.get((code[:3], position, character)) or shared.get((code[:2], position, character))
        if text and not standing_label(code, position):
            found[position] = text
    return found


def changing(words):
    """For each code, by position, the span of words that changes with that character alone."""
    spans = defaultdict(dict)
    for position in POSITIONS:
        groups = defaultdict(list)
        for code in words:
            groups[code[: position - 1], code[position:]].append(code)
        for codes in groups.values():
            if len(codes) > 1:
                mark(codes, words, position, spans)
    return spans


def mark(codes, words, position, spans):
    """Write the spans of codes that differ at one position: what is left of their common beginning and end."""
    lines = [words[code] for code in codes]
    before = common(lines)
    after = common([line[::-1] for line in lines])
    for code in codes:
        size = len(words[code])
        spans[code][position] = (before, size - min(after, size - before))


def common(lines):
    """How many words all these lines begin with."""
    first, last = min(lines), max(lines)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))


def claims(code, line, spans, operation, hints=None):
    """What this title says for each position without a standing label, by position."""
    wanted = [position for position in POSITIONS if not standing_label(code, position)]
    owners = fixed_words(code, line, operation)
    for position, text in sorted((hints or {}).items(), key=lambda hint: -len(hint[1])):
        claim(owners, line, text, position)
    for position in sorted(
        set(wanted) & set(spans) - set(owners), key=lambda at: spans[at][1] - spans[at][0]
    ):
        for at in bare(line, list(range(*spans[position]))):
            owners[at] = owners[at] or position
    widen(owners, line, JOINTS)
    share_rest(owners, line, [position for position in wanted if position not in owners])
    found = {position: phrase(line, owners, position) for position in wanted}
    return {position: text for position, text in found.items() if text and not RUN_ON.search(text)}


def share_rest(owners, line, without):
    """Give what nobody claims to the one position that has no words; where all have words, widen them over commas."""
    if len(without) == 1:
        give_rest(owners, line, without[0])
    if len(without) < 2:
        widen(owners, line, JOINTS - {",", "and", "of"})


def fixed_words(code, line, operation):
    """For each word of the title, `fixed` where it tells the operation or a standing label, else None."""
    owners = [None] * len(line)
    claim(owners, line, operation_words(code, operation, line), "fixed")
    claim(owners, line, SUBSTANCE_ABUSE, "fixed")
    for position in POSITIONS:
        text = standing_label(code, position)
        if axis(code[0], position) == "Approach":
            claim(owners, line, f"{text} Approach", "fixed", last=True) or claim(
                owners, line, text, "fixed", last=True
            )
        elif code[position - 1] != "Z" and f"Other {text}" not in " ".join(line):
            claim(owners, line, text, "fixed")
    return owners


def operation_words(code, operation, line):
    """The words by which a title tells its operation."""
    if code[0] == "F" and operation.endswith(("Assessment", "Treatment")):
        return operation.rsplit(" ", 1)[-1]
    longer = LONGER.get(operation, operation)
    return longer if longer in " ".join(line) else operation


def in_words(title):
    """A title's words and commas."""
    return tuple(WORD.findall(title))


# labels recur, titles do not
sought_words = cache(in_words)


def claim(owners, line, text, owner, last=False):
    """Give the first (or last) free place where these words stand to an owner; whether there was one."""
    sought = sought_words(text)
    size = len(sought)
    places = range(len(line) - size + 1)
    for start in reversed(places) if last else places:
        if size and line[start : start + size] == sought and not any(owners[start : start + size]):
            owners[start : start + size] = [owner] * size
            return True
    return False


def widen(owners, line, walls):
    """Give words that nobody claims to the claim beside them, up to the next of the words `walls`."""
    for order, step in ((range(1, len(line)), 1), (range(len(line) - 2, -1, -1), -1)):
        for at in order:
            beside = owners[at - step]
            if owners[at] is None and line[at] not in walls and isinstance(beside, int):
                owners[at] = beside


def give_rest(owners, line, position):
    """Give the first stretch of unclaimed words to a position."""
    free = bare(line, [at for at, owner in enumerate(owners) if owner is None])
    for count, at in enumerate(free):
        if at != free[0] + count:
            break
        owners[at] = position


def phrase(line, owners, position):
    """The words that a position owns, without joining words at either end; empty where they lie apart."""
    owned = bare(line, [at for at, owner in enumerate(owners) if owner == position])
    if not owned or owned[-1] - owned[0] != len(owned) - 1:
        return ""
    return " ".join(line[owned[0] : owned[-1] + 1]).replace(" ,", ",")


def bare(line, places):
    """Places of words without the joining words at either end."""
    while places and line[places[0]] in JOINTS:
        places = places[1:]
    while places and line[places[-1]] in JOINTS:
        places = places[:-1]
    return places
