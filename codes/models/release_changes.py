"""What a release changed against the edition before it, line by line, as far as it may be shown to anybody."""

from django.db import models

from codes.models.code_sets import Release


class ReleaseChange(models.Model):
    """One thing that a release added, changed or ended; licensed words are never in it."""

    class Change(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        ENDED = "ended", "Ended"

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=40, help_text="What kind of thing: code, PTP edit, MUE …")
    change = models.CharField(max_length=8, choices=Change)
    subject = models.CharField(
        max_length=60, db_collation="C", help_text="The code, or the codes with a space, undotted."
    )
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["release", "what", "change", "subject"], name="release_change_in_order")
        ]

    def __str__(self):
        return f"{self.what} {self.subject} {self.change}"
