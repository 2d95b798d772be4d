"""The guidelines and checklists that come with the site: `fixtures/guidance/<name>.md`.

The first line says what it is and for what, such as `guideline cpt 99202-99215 from 2021-01-01`, `checklist icd-10-cm
E08-E13` or `guideline hcpcs all`; the second is `# ` and the title; then Markdown, a line `---`, and a source a line.
What an editor changed, published or withdrew is theirs: only a text that is as it came is made anew.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from codes.importers.lay_seeds import AUTHOR_ROLE, DRAFTED_ON
from codes.importers.loading import Refused, lock
from codes.models import CodeSet, Guidance
from codes.models.code_sets import KNOWN
from codes.spelling import normal

SHAPE = re.compile(
    r"(?P<kind>guideline|checklist) (?P<code_set>\S+) (?P<first>all|[A-Z0-9.]+)(?:-(?P<last>[A-Z0-9.]+))?"
    r"(?: from (?P<effective_on>\d{4}-\d\d-\d\d))?\n"
    r"# (?P<title>.+)\n(?P<body>(?s:.+?))\n---\n(?P<sources>(?s:.+))"
)
FIELDS = (
    "kind",
    "code_set",
    "first",
    "last",
    "effective_on",
    "title",
    "body",
    "author_role",
    "sources",
)


@dataclass
class GuidanceOutcome:
    """What a load of the texts did."""

    texts: int = 0
    added: int = 0
    changed: int = 0

    def __str__(self):
        return f"guidance: {self.texts} texts, {self.added} added, {self.changed} changed"


def read(folder=None):
    """The fields of each text in a folder by its file's name, fixtures/guidance without one."""
    folder = Path(folder or settings.BASE_DIR / "fixtures" / "guidance")
    return {path.stem: fields(path) for path in sorted(folder.glob("*.md"))}


def fields(path):
    """The fields of one file; raises `Refused` for one of another shape."""
    match = SHAPE.fullmatch(path.read_text("utf-8"))
    if (
        not match
        or match["code_set"] not in KNOWN
        or not (match["body"].strip() and match["sources"].strip())
    ):
        raise Refused(
            f"{path.name}: it must be a line such as “guideline cpt 99202-99215 from 2021-01-01”, a line with # and "
            "the title, a text, a line of three dashes, and at least one source."
        )
    first, last = (normal(match[name] or "") for name in ("first", "last"))
    if match["first"] == "all":
        first = last = ""
    return match.groupdict() | {
        "first": first,
        "last": last or first,
        "effective_on": match["effective_on"] and date.fromisoformat(match["effective_on"]),
        "body": match["body"].strip(),
        "sources": match["sources"].strip(),
        "author_role": AUTHOR_ROLE,
    }


def load(_progress=None, folder=None):
    """Bring the texts; returns a `GuidanceOutcome`."""
    seeds = read(folder)
    outcome = GuidanceOutcome(len(seeds))
    with transaction.atomic():
        lock("guidance")
        standing = {text.seed: text for text in Guidance.objects.select_for_update().filter(seed__in=seeds)}
        for name, given in seeds.items():
            given["code_set"] = CodeSet.objects.known(given["code_set"])
            text = standing.get(name)
            if text is None:
                bring(Guidance(seed=name, is_seed=True), given, "Came with the site")
                outcome.added += 1
            elif is_as_it_came(text) and differs(text, given):
                bring(text, given, "Came anew with the site")
                outcome.changed += 1
    return outcome


def is_as_it_came(text):
    """Whether readers still see what the site brought, with no hand of an editor in it."""
    is_theirs = text.is_ahead or text.history.exclude(history_user=None).exists()
    return text.is_seed and text.is_public and not is_theirs


def differs(text, given):
    """Whether the file says something else."""
    return any(getattr(text, name) != given[name] for name in FIELDS)


def bring(text, given, reason):
    """Show the file's text, with a line of history."""
    for name in FIELDS:
        setattr(text, name, given[name])
    text.show(DRAFTED_ON)
    text._change_reason = reason
    text.save()
