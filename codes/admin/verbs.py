"""The buttons of a lay description: which step each takes, who may press it, and what is said then."""

from dataclasses import dataclass

from codes.models import LayDescription

CHANGE, PUBLISH = "codes.change_laydescription", "codes.publish_laydescription"
DRAFT, IN_REVIEW, PUBLISHED = LayDescription.State


@dataclass(frozen=True)
class Verb:
    """A step on the model, as the desk offers it."""

    name: str
    button: str
    needs: str
    said: str
    takes_reason: bool = False


VERBS = {
    verb.name: verb
    for verb in (
        Verb("submit", "Save and send for review", CHANGE, "Sent for review."),
        Verb("publish", "Save and publish", PUBLISH, "Published: readers see this text now."),
        Verb("return_to_draft", "Return to draft", CHANGE, "Returned to draft.", takes_reason=True),
        Verb(
            "withdraw",
            "Withdraw from readers",
            PUBLISH,
            "Withdrawn: readers see no lay description of this code now.",
            takes_reason=True,
        ),
    )
}


def buttons(lay, user):
    """The verbs that this user can press on this text now."""
    return [verb for verb in VERBS.values() if user.has_perm(verb.needs) and is_offered(verb.name, lay)]


def is_offered(name, lay):
    """Whether the step can be taken, perhaps once the text is changed in the form."""
    if name == "submit" and lay.state == PUBLISHED:
        return True
    if name == "withdraw" and not lay.pk:
        return False
    return not lay.why_not(name)


def needs_reason(verb, lay, user):
    """Whether the step must be explained: all that undo someone else's work."""
    if verb.name == "return_to_draft":
        return lay.submitted_by_id != user.pk
    return verb.takes_reason


def said(lay, verb, is_changed):
    """What the editor is told after saving."""
    if verb:
        return verb.said
    if not is_changed:
        return "Nothing was changed, so nothing was saved."
    return f"Saved ({lay.get_state_display().lower()}). {what_readers_see(lay)}"


def in_short(lay):
    """The same in two or three words, for lists."""
    if not lay.is_public:
        return "Nothing yet"
    if lay.is_ahead:
        return "An older text"
    return "This text, not yet reviewed" if lay.is_seed else "This text"


def what_readers_see(lay):
    """One sentence on what stands on the page."""
    if not lay.is_public:
        return "Readers do not see a lay description of this code yet."
    if lay.is_ahead:
        return "Readers still see the text that was published before."
    if lay.is_seed:
        return "Readers see this text, marked as not yet reviewed."
    return "Readers see this text."
