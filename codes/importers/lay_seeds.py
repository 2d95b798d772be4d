"""The lay descriptions that come with the site: `fixtures/lay_descriptions/<code set>/<code as on the page>.md`.

Paragraphs of Markdown, a line `---`, then a source a line. What an editor changed, published or withdrew is
theirs: only a text that is as it came is made anew when the file changes.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from codes.importers.loading import Refused, lock
from codes.models import Code, LayDescription
from codes.models.editing import SHOWN
from codes.spelling import normal

AUTHOR_ROLE = "Medical editor, Coding Ahead"
DRAFTED_ON = date(2026, 11, 24)


@dataclass(frozen=True)
class Seed:
    """One text, and the code it is about."""

    code_set: str
    code: str
    body: str
    sources: str

    @property
    def content(self):
        """What readers see of it, by field name."""
        return {
            "body": self.body,
            "author_role": AUTHOR_ROLE,
            "sources": self.sources,
            "drafted_on": DRAFTED_ON,
        }


@dataclass
class SeedOutcome:
    """What a load of the texts did; `waiting` have no code loaded yet."""

    texts: int = 0
    added: int = 0
    changed: int = 0
    waiting: int = 0

    def __str__(self):
        line = f"lay descriptions: {self.texts} texts, {self.added} added, {self.changed} changed"
        return f"{line}, {self.waiting} wait for their code" if self.waiting else line


def read(folder=None):
    """The texts in a folder, fixtures/lay_descriptions without one; raises `Refused` for a file without sources."""
    folder = Path(folder or settings.BASE_DIR / "fixtures" / "lay_descriptions")
    return [seed(path) for path in sorted(folder.glob("*/*.md"))]


def seed(path):
    """The text in one file."""
    body, line, sources = path.read_text("utf-8").partition("\n---\n")
    if not (line and body.strip() and sources.strip()):
        raise Refused(f"{path.name}: it must be a text, a line of three dashes, and at least one source.")
    return Seed(path.parent.name, normal(path.stem), body.strip(), sources.strip())


def load(progress=None, folder=None):
    """Bring the texts to the codes that are loaded; returns a `SeedOutcome`."""
    seeds = read(folder)
    with transaction.atomic():
        lock("lay descriptions")
        codes, texts = standing(seeds)
        outcome = SeedOutcome(len(seeds))
        for each in seeds:
            key = codes.get((each.code_set, each.code))
            if key is None:
                outcome.waiting += 1
            elif key not in texts:
                bring(LayDescription(code_id=key, is_seed=True), each, "Came with the site")
                outcome.added += 1
            elif is_as_it_came(texts[key]) and differs(texts[key], each):
                texts[key].version += 1
                bring(texts[key], each, "Came anew with the site")
                outcome.changed += 1
    return outcome


def standing(seeds):
    """The keys of the codes that are loaded, and the texts that they have, locked."""
    rows = Code.objects.filter(code__in={each.code for each in seeds}).values_list(
        "code_set__slug", "code", "pk"
    )
    codes = {(code_set, code): key for code_set, code, key in rows}
    texts = LayDescription.objects.select_for_update().filter(code__in=codes.values())
    return codes, {text.code_id: text for text in texts}


def is_as_it_came(text):
    """Whether readers still see what the site brought, with no editor's draft ahead of it."""
    return text.is_seed and text.is_public and not text.is_ahead


def differs(text, seed):
    """Whether the file says something else."""
    return any(getattr(text, name) != value for name, value in seed.content.items())


def bring(text, seed, reason):
    """Show the file's text, with a line of history."""
    for name in SHOWN:
        setattr(text, name, seed.content[name])
        setattr(text, f"published_{name}", seed.content[name])
    text.state = LayDescription.State.PUBLISHED
    text._change_reason = reason
    text.save()
