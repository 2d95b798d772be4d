"""What was changed between two texts, word by word, ready for `<ins>` and `<del>`."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from codes.models.editing import CONTENT, LayDescription

WORDS = re.compile(r"\s+|[\w.®™'’-]+|[^\w\s]")
SAME, OUT, IN = "same", "out", "in"


@dataclass(frozen=True)
class Part:
    """A stretch of text that is in both (`same`), in the earlier only (`out`), or in the later only (`in`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field of two versions."""

    label: str
    before: str
    after: str

    @property
    def parts(self):
        """The two texts as one, word by word."""
        return words(self.before, self.after)


def words(before, after):
    """The parts that turn one text into the other."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(Part(SAME, "".join(old[i:j])))
            continue
        parts += [Part(OUT, "".join(old[i:j]))] * (j > i) + [Part(IN, "".join(new[k:m]))] * (m > k)
    return parts


def differences(before, after):
    """The fields in which two versions (`{field: text}`) differ."""
    return [
        Difference(LayDescription._meta.get_field(name).verbose_name, before[name], after[name])
        for name in CONTENT
        if before[name] != after[name]
    ]


def content_of(version):
    """What an editor wrote in a lay description, or in a line of its history."""
    return {name: getattr(version, name) for name in CONTENT}
