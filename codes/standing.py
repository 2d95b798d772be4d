"""How a code stands on a day: in force, ended, not begun, or asked for a day that no loaded edition holds."""

from dataclasses import dataclass
from datetime import timedelta

from codes.editions import Editions
from codes.names import use

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """`kind` is in-force, ended, not-yet or outside; `window` is the descriptor to show (None: none to show)."""

    kind: str
    window: dict | None
    sentence: str

    @property
    def is_in_force(self):
        """Whether the code was in force on the day."""
        return self.kind == "in-force"


def standing(found, editions):
    """How a found code stands on the day that these editions are asked for."""
    if number := number_alone(found, editions.dos):
        return number
    own = editions.of_code_set(found.slug)
    day = editions.day(own)
    if not own or editions.answer(own) is None:
        return outside(own, editions.dos)
    window = found.window(day)
    if window:
        return Standing("in-force", window, in_words(found, window))
    before = [window for window in found.windows if window["effective_on"] <= day]
    if before:
        last = before[-1]
        return Standing(
            "ended", last, f"Ended {last['terminated_on']}: not valid for services after that day."
        )
    first = found.windows[0]
    return Standing("not-yet", first, f"Not in force on {day}: it begins on {first['effective_on']}.")


def is_mute(window):
    """Whether a descriptor has no words: only the number is known, from a file of CMS's."""
    return not (window["long"] or window["medium"] or window["short"])


def number_alone(found, dos):
    """How a code stands of which only the number is known on that day; None where its words are."""
    window = found.window(dos) if dos else found.windows[-1]
    if window and is_mute(window):
        said = f"Named in CMS’s files; no loaded edition of {found.name} says whether it can be reported"
        return Standing("in-force", window, said)
    if window is None and is_mute(found.windows[0]) and dos < found.windows[0]["effective_on"]:
        first = found.windows[0]["effective_on"]
        return Standing("outside", None, f"{dos} is before the loaded files that name it (from {first}).")
    return None


def outside(editions, dos):
    """A day that no loaded edition of the code set holds."""
    if dos is None:
        return Standing("outside", None, "No edition of this code set is loaded.")
    return Standing("outside", None, f"{dos} is outside the loaded editions ({Editions.span(editions)}).")


def in_words(found, window):
    """Billable or not, add-on or not, and since when where a file gives the day."""
    words = use(found.slug).capitalize() if window["billable"] else since_when_a_header(found, window)
    if window["is_addon"]:
        words = f"{words} · Add-on code"
    first = since(found, window)
    if first and window["billable"]:
        words = f"{words} · in force since {first}"
    if window["terminated_on"]:
        words = f"{words} · until {window['terminated_on']}"
    return words


def since(found, window):
    """The first day without a break before, None where no file tells it: new words do not begin a code anew."""
    begun = window
    for other in reversed(found.windows):
        if other["terminated_on"] == begun["effective_on"] - DAY and other["billable"]:
            begun = other
    return begun["effective_on"] if begun["start_known"] else None


def since_when_a_header(found, window):
    """`Not billable since 2025-10-01` for a code that became a header."""
    earlier = [other for other in found.windows if other["effective_on"] < window["effective_on"]]
    since = f" since {window['effective_on']}" if any(other["billable"] for other in earlier) else ""
    return f"Not billable{since}: choose below"
