"""Codes, their place in the hierarchy, and what they said on a day."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Value
from django.urls import reverse

from codes import search
from codes.models.code_sets import CodeSet
from codes.models.windows import Window, WindowQuerySet, ends_after_it_begins, no_overlap
from codes.spelling import dotted

# What an import may write and the admin shows read-only; an import never writes anything else.
IMPORTED_FIELDS = {
    "code": ("code_set", "code", "kind", "parent", "path", "position", "label"),
    "descriptor": (
        "code",
        "release",
        "effective_on",
        "terminated_on",
        "start_known",
        "billable",
        "is_addon",
        "short",
        "medium",
        "long",
    ),
}


class CodeQuerySet(models.QuerySet):
    """Codes, ranges and headers of every code set."""

    def of(self, code_set):
        """Codes of the code set with this address word."""
        return self.filter(code_set__slug=code_set)

    def in_force(self, on):
        """Codes that have a descriptor in force on the day `on`."""
        return self.filter(models.Exists(Descriptor.objects.in_force(on).filter(code=models.OuterRef("pk"))))

    def billable(self, on):
        """Codes that can be reported on the day `on`."""
        in_force = Descriptor.objects.in_force(on).filter(code=models.OuterRef("pk"), billable=True)
        return self.filter(models.Exists(in_force))

    def search(self, words, on=None, code_set=None):
        """Codes that these words find, best first: see `codes.search.find`."""
        return search.find(self, words, on=on, code_set=code_set)


class Code(models.Model):
    """One code, header or range of a code set; its words stand in its descriptors."""

    class Kind(models.TextChoices):
        RANGE = "range", "Chapter, block, section, table or range: a list"
        CODE = "code", "Code or header: a code page"

    code_set = models.ForeignKey(CodeSet, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(
        max_length=24, db_collation="C", help_text="Without a dot, upper case; a range is first-last."
    )
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.CODE)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = ArrayField(
        models.CharField(max_length=24, db_collation="C"),
        default=list,
        help_text="The codes above it, from the top down.",
    )
    position = models.PositiveIntegerField(help_text="Its place in the publisher's order.")
    label = models.CharField(
        max_length=40, blank=True, help_text="What the publisher calls it, such as Chapter 4."
    )

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["code_set", "position"]
        constraints = [models.UniqueConstraint(fields=["code_set", "code"], name="code_once_in_a_code_set")]
        indexes = [
            models.Index(fields=["code_set", "position"], name="code_in_order"),
            models.Index(fields=["code"], name="code_in_any_code_set"),
        ]

    def __str__(self):
        return self.display

    def get_absolute_url(self):
        """Its one canonical address."""
        return reverse("codes:code", args=[self.code_set.slug, self.display])

    @property
    def display(self):
        """The code as written on the page: E11.9, 20703, E08-E13."""
        return dotted(self.code_set.slug, self.code)


class Descriptor(Window):
    """What a code said, and whether it could be reported, over a span of days."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="descriptors")
    start_known = models.BooleanField(
        default=False, help_text="Whether a file gives the first day, or the edition before lacked the code."
    )
    billable = models.BooleanField(
        help_text="Whether it can be reported, rather than being a header or a range."
    )
    is_addon = models.BooleanField(null=True, help_text="Add-on code; empty where no loaded file says.")
    short = models.CharField(max_length=80, blank=True, help_text="Short descriptor, or our own short name.")
    medium = models.CharField(max_length=120, blank=True)
    long = models.TextField(blank=True)

    objects = WindowQuerySet.as_manager()

    class Meta:
        ordering = ["code", "effective_on"]
        constraints = [
            ends_after_it_begins("descriptor_ends_after_start"),
            no_overlap("descriptor_windows_apart", "code"),
        ]

    def __str__(self):
        return f"{self.code_id}: {self.long or self.short}"


class Term(Window):
    """One text by which a code is found: its title, an inclusion term or a line of the index (codes/search.py)."""

    class Source(models.TextChoices):
        TITLE = "title", "Title"
        INCLUSION = "inclusion", "Inclusion term"
        INDEX = "index", "Alphabetic index"
        CONSUMER = "consumer", "Consumer friendly descriptor: searched, never shown"
        CLINICIAN = "clinician", "Clinician descriptor: searched, never shown"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="terms")
    source = models.CharField(max_length=10, choices=Source)
    text = models.TextField()
    lexemes = models.GeneratedField(
        expression=SearchVector(
            Func(F("text"), Value("/"), Value(" "), function="REPLACE", output_field=models.TextField()),
            config="codes_english",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex(fields=["lexemes"], name="term_lexemes")]
