"""What our editors write, and what readers report."""

from contextlib import contextmanager

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from codes.models.codes import Code

LONGEST_BODY = 20_000  # characters; many times the longest text we want
CONTENT = ("body", "author_role", "sources")  # what an editor writes, and what two versions are compared by
SHOWN = (*CONTENT, "drafted_on")  # what readers see of it, each with a column `published_…`


def account():
    """Who did it; empty once the account is gone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )


class Refused(Exception):
    """A step that the text's state does not admit; its words say why and what to do."""


class SavedInBetween(Refused):
    """Someone else saved the text after it was opened here; `current` is what stands now."""

    def __init__(self, current):
        super().__init__("Someone else saved this text after you opened it.")
        self.current = current


class LayDescription(models.Model):
    """The Common Language Description of a code: ours, written and reviewed in the admin.

    Draft, in review, published: each step is a verb here: one transaction, one line of history with who and
    when. Readers see the `published_…` columns, so that a new draft leaves the public text as it is. A verb
    raises `SavedInBetween` when the row was saved after this instance was read.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHED = "published", "Published"

    code = models.OneToOneField(Code, on_delete=models.PROTECT, related_name="lay_description")
    body = models.TextField(
        "text",
        help_text="Markdown. Say what it is, why it is done or coded, how it goes, and what it is not (name "
        "the neighbouring codes; they become links). 120 to 250 words in short paragraphs. Never the AMA's "
        "words.",
    )
    author_role = models.CharField(
        max_length=120, help_text="Who wrote it, as the page shows it: “Medical editor, Coding Ahead”."
    )
    sources = models.TextField(blank=True, help_text="One source a line: publisher, title, edition.")
    drafted_on = models.DateField(help_text="The day the text was written.")
    is_seed = models.BooleanField(
        default=False,
        editable=False,
        help_text="Came with the site; the page says “not yet reviewed” until a Reviewer publishes it.",
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    submitted_by = account()
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    return_reason = models.TextField(
        blank=True, editable=False, help_text="What the Reviewer asks for; empty once it is sent again."
    )
    reviewed_by = account()
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    published_body = models.TextField(blank=True, editable=False, help_text="What readers see.")
    published_author_role = models.CharField(max_length=120, blank=True, editable=False)
    published_sources = models.TextField(blank=True, editable=False)
    published_drafted_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        permissions = [("publish_laydescription", "Can publish lay descriptions")]
        ordering = ["code"]

    def __str__(self):
        return f"Lay description of {self.code}"

    # what stands

    @property
    def content(self):
        """What an editor writes, by field name."""
        return {name: getattr(self, name) for name in CONTENT}

    @property
    def is_public(self):
        """Whether readers see a text."""
        return bool(self.published_body)

    @property
    def is_ahead(self):
        """Whether the text differs from the one that readers see."""
        return any(getattr(self, name) != getattr(self, f"published_{name}") for name in CONTENT)

    def state_with(self, content):
        """The state once this content is saved: published where it is what readers see."""
        if self.is_public and all(content[name] == getattr(self, f"published_{name}") for name in CONTENT):
            return self.State.PUBLISHED
        return self.State.DRAFT if self.state == self.State.PUBLISHED else self.state

    def why_not(self, verb, state=None):
        """Why a step cannot be taken in this state (or in `state`), in a sentence; empty where it can."""
        state = state or self.state
        if verb == "publish" and state == self.State.PUBLISHED and self.is_seed:
            return ""
        if verb == "withdraw":
            return "" if self.is_public else "Readers see no text of this code, so there is none to withdraw."
        return WHY_NOT[verb].get(state, "")

    # what can be done

    def revise(self, by, reason="Changed the text", **content):
        """Save what an editor wrote (and begin the row where it is new); whether anything was changed."""
        with transaction.atomic():
            before = self._before()
            after = before.content | content
            if self.pk and all(after[name] == getattr(before, name) for name in CONTENT):
                return False
            state = before.state_with(after)
            self._write(after, before)
            self.state = state
            self._record(by, reason if self.pk else "Wrote the first draft")
            return True

    def submit(self, by):
        """Send a draft for review."""
        with self._step("submit"):
            self.state = self.State.IN_REVIEW
            self.submitted_by, self.submitted_at = by, timezone.now()
            self.return_reason = ""
            self._record(by, "Sent for review")

    def publish(self, by):
        """Show the text to readers, as reviewed by `by` today."""
        with self._step("publish"):
            for name in SHOWN:
                setattr(self, f"published_{name}", getattr(self, name))
            self.state = self.State.PUBLISHED
            self.reviewed_by, self.reviewed_on = by, timezone.localdate()
            self.is_seed = False
            self.return_reason = ""
            self._record(by, "Published")

    def return_to_draft(self, by, reason=""):
        """Send a text in review back to its editor, with what is asked for."""
        with self._step("return_to_draft"):
            self.state = self.State.DRAFT
            self.return_reason = reason
            self._record(by, "Returned to draft" if reason else "Taken back to draft")

    def withdraw(self, by, reason):
        """Take the text off the site; it stays here as a draft."""
        with self._step("withdraw"):
            for name in CONTENT:
                setattr(self, f"published_{name}", "")
            self.published_drafted_on = self.reviewed_by = self.reviewed_on = None
            self.state = self.State.DRAFT
            self.return_reason = reason
            self._record(by, "Withdrawn from readers")

    def restore(self, by, earlier):
        """Take up the text of an earlier line of history, as a change like any other."""
        when = timezone.localtime(earlier.history_date)
        content = {name: getattr(earlier, name) for name in SHOWN}
        return self.revise(by, f"Restored the text of {when:%Y-%m-%d %H:%M}", **content)

    # how it is done

    def _before(self):
        """The row as it stands, locked; this instance where it is new."""
        if not self.pk:
            return self
        current = LayDescription.objects.select_for_update(of=["self"]).get(pk=self.pk)
        if current.version != self.version:
            raise SavedInBetween(current)
        return current

    def _write(self, after, before):
        """Take over the content; a body that is new was written today, unless its day is known."""
        if self.drafted_on is None or after["body"] != before.body:
            after = {"drafted_on": timezone.localdate()} | after
        for name, value in after.items():
            setattr(self, name, value)

    @contextmanager
    def _step(self, verb):
        """A transaction in which the row is locked and the step is admitted."""
        with transaction.atomic():
            reason = self._before().why_not(verb)
            if reason:
                raise Refused(reason)
            yield

    def _record(self, by, reason):
        """Save with one line of history."""
        self.version += 1 if self.pk else 0
        self._history_user = by
        self._change_reason = reason
        self.save()


WHY_NOT = {
    "submit": {
        LayDescription.State.IN_REVIEW: "The text is in review already.",
        LayDescription.State.PUBLISHED: "Readers see this very text: change it first.",
    },
    "publish": {
        LayDescription.State.DRAFT: "Send the text for review first.",
        LayDescription.State.PUBLISHED: "Readers see this very text already.",
    },
    "return_to_draft": {
        LayDescription.State.DRAFT: "The text is a draft already.",
        LayDescription.State.PUBLISHED: "The text is not in review.",
    },
}


class ErrorReport(models.Model):
    """A sentence from a reader about a page, with the edition and day it showed."""

    class State(models.TextChoices):
        NEW = "new", "New"
        DONE = "done", "Done"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="error_reports")
    text = models.TextField("what is wrong", max_length=1000)
    edition = models.CharField(max_length=80, blank=True)
    date_of_service = models.DateField(null=True, blank=True)
    email = models.EmailField(
        "e-mail address", blank=True, help_text="Only where the reader asked for an answer."
    )
    state = models.CharField(max_length=4, choices=State, default=State.NEW)
    reported_at = models.DateTimeField(auto_now_add=True)
    done_by = account()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reported_at"]

    def __str__(self):
        return f"{self.code}: {self.text[:60]}"

    def close(self, by):
        """Put it away as done."""
        self.state, self.done_by, self.done_at = self.State.DONE, by, timezone.now()
        self.save(update_fields=["state", "done_by", "done_at"])

    def reopen(self):
        """Take it up again."""
        self.state, self.done_by, self.done_at = self.State.NEW, None, None
        self.save(update_fields=["state", "done_by", "done_at"])
