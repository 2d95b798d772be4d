"""What the characters of ICD-10-PCS codes are called, table by table (learned from titles on import)."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Length

from codes.models.classification import PcsDefinition
from codes.models.windows import Window

OFFICIAL = "icd10pcs-tables"


class PcsValue(Window):
    """The label of one character at one position of a table's codes, or of one code that differs from its table."""

    prefix = models.CharField(
        max_length=7, db_collation="C", help_text="The table's three characters, or a whole code."
    )
    position = models.PositiveSmallIntegerField(help_text="1 to 7.")
    character = models.CharField(max_length=1, db_collation="C")
    label = models.CharField(max_length=200)

    class Meta:
        verbose_name = "ICD-10-PCS value"
        verbose_name_plural = "ICD-10-PCS values"
        indexes = [models.Index(fields=["prefix"], name="pcs_value_prefix")]

    def __str__(self):
        return f"{self.prefix} {self.position} {self.character}: {self.label}"


def labels_of(code, on):
    """The labels that hold for a code on a day, by position 1 to 7: one query."""
    return {position: label for position, (label, _) in values_of(code, on).items()}


def values_of(code, on):
    """(label, definition) of a code's characters on a day by position 1 to 7: one query; definitions may be empty.

    Those of CMS's tables come first, then what was learned of the code itself, then of its table.
    """
    rows = PcsValue.objects.in_force(on).filter(prefix__in=[code[:3], code])
    meaning = PcsDefinition.objects.in_force(on).filter(
        section=code[:1], position=OuterRef("position"), title=OuterRef("label")
    )
    rows = rows.annotate(
        is_official=Q(release__source=OFFICIAL), meaning=Subquery(meaning.values("text")[:1])
    )
    rows = rows.order_by("is_official", Length("prefix"))
    return {
        position: (label, meaning or "")
        for position, character, label, meaning in rows.values_list(
            "position", "character", "label", "meaning"
        )
        if code[position - 1 : position] == character
    }
