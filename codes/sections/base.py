"""What a section is: its heading for a code set, and its answer for a code on a day."""

from dataclasses import dataclass, field
from datetime import date

from codes.editions import Edition, Editions
from codes.models.page import FoundCode, Surroundings
from codes.places import Place


@dataclass
class Subject:
    """The code that a page speaks of, the day it is asked for, the place, and the day of a surgery."""

    found: FoundCode
    window: dict
    on: date
    editions: Editions
    around: Surroundings
    place: Place = field(default_factory=Place)
    surgery: date | None = None

    @property
    def code_set(self):
        """The address word of its code set."""
        return self.found.slug

    @property
    def code(self):
        """The stored code."""
        return self.found.code

    @property
    def billable(self):
        """Whether it can be reported on the day."""
        return self.window["billable"]


@dataclass
class Face:
    """What a section is called on the pages of one code set."""

    heading: str
    teaser: str
    order: int
    applies: bool = True


@dataclass
class Filled:
    """A section with something to say: what its template prints, and its value in the page's contents."""

    context: dict
    value: str = ""
    edition: str = ""
    facts: dict = field(default_factory=dict)
    sources: list[Edition] = field(default_factory=list)
    state = "filled"


@dataclass
class NotLoaded:
    """Nothing is loaded that could answer; `file` would, by `command`."""

    file: str
    command: str = ""
    value: str = "not loaded"
    facts: dict = field(default_factory=dict)
    state = "not-loaded"


@dataclass
class DoesNotApply:
    """The question does not arise for this code; `sentence` says why."""

    sentence: str
    value: str = ""
    facts: dict = field(default_factory=dict)
    state = "not-applicable"


Answer = Filled | NotLoaded | DoesNotApply


class Section:
    """One section: `faces` by code set, a template, and `answer`."""

    key = ""
    faces: dict[str, Face] = {}
    elsewhere = Face("", "", 99, applies=False)
    template = ""

    def face(self, code_set):
        """What it is called there; the face of `elsewhere` where it does not apply."""
        return self.faces.get(code_set, self.elsewhere)

    def answer(self, subject) -> Answer:
        """What it says about this code on this day, in at most one query."""
        raise NotImplementedError


def outside(editions, dos):
    """The sentence for a day that no loaded edition holds."""
    return f"{dos} is outside the loaded editions ({Editions.span(editions)})."
