"""What our editors write, and what readers report."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from codes.models.codes import Code


class LayDescription(models.Model):
    """The Common Language Description of a code: ours, written and reviewed in the admin."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHED = "published", "Published"

    code = models.OneToOneField(Code, on_delete=models.PROTECT, related_name="lay_description")
    body = models.TextField(
        help_text="Markdown. Say what it is, why it is done or coded, how it goes, and what it is not (name the "
        "neighbouring codes; they become links). 120 to 250 words in short paragraphs. Never the AMA's words."
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
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    published_body = models.TextField(blank=True, editable=False, help_text="What readers see.")
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        permissions = [("publish_laydescription", "Can publish lay descriptions")]
        ordering = ["code"]

    def __str__(self):
        return f"Lay description of {self.code}"


class ErrorReport(models.Model):
    """A sentence from a reader about a page, with the edition and day it showed."""

    class State(models.TextChoices):
        NEW = "new", "New"
        DONE = "done", "Done"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="error_reports")
    text = models.TextField(max_length=1000)
    edition = models.CharField(max_length=80, blank=True)
    date_of_service = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True, help_text="Only where the reader asked for an answer.")
    state = models.CharField(max_length=4, choices=State, default=State.NEW)
    reported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-reported_at"]

    def __str__(self):
        return f"{self.code}: {self.text[:60]}"
