"""CMS's HCPCS Level II file as it is: one row for each code and modifier of each edition, with its own dates.

The descriptors of the codes are worked out from these rows (`codes.importers.hcpcs_windows`).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from codes.models.code_sets import Release


def several(length, **options):
    """A column for a field that the file repeats side by side."""
    return ArrayField(models.CharField(max_length=length, blank=True), default=list, **options)


class HcpcsFact(models.Model):
    """A code or modifier of one edition with every field of its record."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="hcpcs_facts")
    code = models.CharField(
        max_length=5, db_collation="C", help_text="A code, or the two characters of a modifier."
    )
    is_modifier = models.BooleanField()
    position = models.PositiveIntegerField(help_text="Its place in the file.")
    lines = ArrayField(models.CharField(max_length=80), help_text="The long text as the file breaks it.")
    long = models.TextField(help_text="The lines joined.")
    short = models.CharField(max_length=28, blank=True)
    pricing = several(2, help_text="How the price is made: up to four indicators.")
    multiple_pricing = models.CharField(max_length=1, blank=True)
    ncd_sections = several(6, help_text="Sections of the coverage issues manual (CIM), now the NCD manual.")
    manual_sections = several(8, help_text="Sections of the Medicare carriers manual (MCM).")
    statute = models.CharField(max_length=10, blank=True)
    lab_certifications = several(3)
    cross_references = several(5, help_text="Where a deleted or invalid code leads.")
    coverage = models.CharField(max_length=1, blank=True, help_text="C, D, I, M or S.")
    asc_group = models.CharField("ASC payment group", max_length=2, blank=True, help_text="YY: approved.")
    asc_on = models.DateField("in the ASC group since", null=True)
    mog_group = models.CharField("MOG payment group", max_length=3, blank=True)
    mog_policy = models.CharField(max_length=1, blank=True)
    mog_on = models.DateField(null=True)
    processing_note = models.CharField(max_length=4, blank=True, help_text="Number of the note.")
    betos = models.CharField("BETOS", max_length=3, blank=True)
    types_of_service = several(1)
    anesthesia_units = models.PositiveSmallIntegerField(null=True)
    added_on = models.DateField(null=True)
    acted_on = models.DateField(null=True, help_text="Effective date of the last action.")
    terminated_on = models.DateField(null=True, help_text="Last day on which it may be used.")
    action = models.CharField(max_length=1, blank=True)

    class Meta:
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "code"], name="hcpcs_fact_once_in_an_edition"),
        ]
        indexes = [
            models.Index(fields=["code"], name="hcpcs_fact_code"),
            GinIndex(fields=["cross_references"], name="hcpcs_fact_named"),
        ]

    def __str__(self):
        return f"{self.code}: {self.long}"


class ProcessingNote(models.Model):
    """A numbered note of an edition on how claims with certain codes are processed."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="processing_notes")
    number = models.CharField(max_length=4, db_collation="C")
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="processing_note_once_in_an_edition"),
        ]

    def __str__(self):
        return f"{self.number}: {self.text}"
