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
            models.Index(fields=["release", "what", "change", "subject"], name="release_change_in_order"),
            models.Index(fields=["subject"], name="release_change_subject"),
        ]

    def __str__(self):
        return f"{self.what} {self.subject} {self.change}"


def changes_of(code, code_set):
    """(edition, first day, what, change, before, after) of all that releases changed about a code beside its words.

    The latest come first. A number may be a code of two sets: the releases that define another set are left out.
    """
    rows = ReleaseChange.objects.filter(subject=code).exclude(what="code")
    rows = rows.filter(models.Q(release__code_set=None) | models.Q(release__code_set__slug=code_set))
    rows = rows.filter(release__state=Release.State.CURRENT).order_by("-release__effective_on", "what")
    return rows.values_list("release__edition", "release__effective_on", "what", "change", "before", "after")[
        :60
    ]
