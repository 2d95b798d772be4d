"""The tabular list's notes, each at its own level, and the codes they name."""

from django.db import models

from codes.models.codes import Code
from codes.models.windows import Window, WindowQuerySet, ends_after_it_begins


class Note(Window):
    """One line of a note, at the chapter, block, category or code where the tabular list prints it."""

    class Kind(models.TextChoices):
        INCLUDES = "includes", "Includes"
        INCLUSION_TERM = "inclusion_term", "Inclusion term"
        EXCLUDES1 = "excludes1", "Excludes1"
        EXCLUDES2 = "excludes2", "Excludes2"
        CODE_FIRST = "code_first", "Code first"
        USE_ADDITIONAL = "use_additional", "Use additional"
        CODE_ALSO = "code_also", "Code also"
        NOTE = "note", "Note"
        SEVENTH_CHARACTER = "seventh_character", "Seventh character"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField(help_text="Its line among the notes of this code, from 0.")
    text = models.TextField()

    class Meta:
        ordering = ["code", "position"]
        constraints = [ends_after_it_begins("note_ends_after_start")]


class NoteReference(models.Model):
    """A code or range that a note names in its text."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="references")
    first = models.CharField(max_length=8, db_collation="C", help_text="Undotted; the first of a range.")
    last = models.CharField(
        max_length=8, db_collation="C", help_text="The same as first where it is no range."
    )
    is_qualified = models.BooleanField(
        default=False, help_text="“E08-E13 with .44”: quoted as it stands, never expanded by its range."
    )

    class Meta:
        indexes = [models.Index(fields=["first", "last"], name="note_reference_first")]

    def __str__(self):
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


class SeventhCharacter(Window):
    """One choice of the seventh character, at the category that defines it."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="seventh_characters")
    character = models.CharField(max_length=1)
    text = models.CharField(max_length=200)

    objects = WindowQuerySet.as_manager()

    class Meta:
        ordering = ["code", "character"]
        constraints = [ends_after_it_begins("seventh_character_ends_after_start")]
