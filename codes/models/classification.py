"""What NCHS and CMS publish beside the tabular list and the tables: exemptions, lineage, index, definitions."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from codes.models.windows import Window


class PoaExemption(Window):
    """A diagnosis for which “present on admission” is not reported."""

    diagnosis = models.CharField(max_length=8, db_collation="C", help_text="ICD-10-CM, undotted.")

    class Meta:
        indexes = [models.Index(fields=["diagnosis"], name="poa_exemption_diagnosis")]


class CodeConversion(Window):
    """A line of the conversion table: what a code was reported by before it came."""

    current = models.CharField(max_length=8, db_collation="C", help_text="ICD-10-CM, undotted.")
    converted_on = models.DateField(help_text="First day of the current code.")
    previous = models.CharField(max_length=500, help_text="As printed: “C56.1 and C56.2”, “none”.")
    previous_codes = ArrayField(
        models.CharField(max_length=8),
        default=list,
        help_text="The codes in it, undotted, ranges written out.",
    )

    class Meta:
        indexes = [
            models.Index(fields=["current"], name="code_conversion_current"),
            GinIndex(fields=["previous_codes"], name="code_conversion_previous"),
        ]


class IndexEntry(Window):
    """A line of the alphabetic index, or one cell of its tables, that leads to a code."""

    class Part(models.TextChoices):
        DISEASES = "index", "Index to diseases and injuries"
        EXTERNAL = "external", "External cause of injuries index"
        NEOPLASM = "neoplasm", "Table of neoplasms"
        DRUG = "drug", "Table of drugs and chemicals"

    diagnosis = models.CharField(max_length=8, db_collation="C", help_text="ICD-10-CM, undotted.")
    part = models.CharField(max_length=8, choices=Part)
    path = models.CharField(max_length=500, help_text="The terms from the main term down, with commas.")
    is_stem = models.BooleanField(help_text="Printed with a dash: choose a code below.")

    class Meta:
        indexes = [models.Index(fields=["diagnosis"], name="index_entry_diagnosis")]


class PcsDefinition(Window):
    """What a character of a section means, by the definitions of the ICD-10-PCS tables."""

    section = models.CharField(max_length=1, db_collation="C")
    position = models.PositiveSmallIntegerField(help_text="1 to 7.")
    title = models.CharField(max_length=200, help_text="The value’s label, such as Bypass.")
    text = models.TextField(help_text="Definition.")
    explanation = models.TextField(blank=True)
    includes = models.TextField(blank=True, help_text="Terms that the value includes, one a line.")

    class Meta:
        indexes = [models.Index(fields=["section", "position"], name="pcs_definition_place")]
