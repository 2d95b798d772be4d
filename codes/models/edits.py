"""NCCI's edits: pairs that are not paid together, units of service, and add-on codes with their primary codes.

Codes stand in them as text: a file names numbers that have no page (CDT) and edits that ended before any edition.
"""

from django.db import models
from django.db.models import F, Q

from codes.models.code_sets import Release
from codes.models.windows import Window

WHATEVER_PRIMARY = "CCCCC"  # the contractor defines the primary codes


class Rationale(models.Model):
    """Why a pair is an edit, in CMS's words: a dozen of them for all pairs."""

    id = models.SmallAutoField(primary_key=True)
    text = models.CharField(max_length=120, unique=True)

    def __str__(self):
        return self.text


class PtpEdit(models.Model):
    """One window of a procedure-to-procedure edit: the column two code is denied beside the column one code.

    A file has two and a half million, so the row is small, and what it points at is not checked row by row.
    """

    class Setting(models.IntegerChoices):
        PRACTITIONER = 1, "Practitioner"
        HOSPITAL = 2, "Hospital outpatient"

    class Indicator(models.IntegerChoices):
        NOT_ALLOWED = 0, "No modifier lifts it"
        ALLOWED = 1, "A modifier may lift it"
        NOT_APPLICABLE = 9, "Deleted back to its first day: never in force"

    release = models.ForeignKey(
        Release,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
        help_text="The file that first gave this row.",
    )
    effective_on = models.DateField(
        null=True, help_text="First day; empty in a demonstration whose source lacked it."
    )
    terminated_on = models.DateField(null=True, help_text="Last day; empty while open.")
    setting = models.SmallIntegerField(choices=Setting)
    indicator = models.SmallIntegerField(choices=Indicator)
    rationale = models.ForeignKey(
        Rationale, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    is_before_1996 = models.BooleanField(help_text="The file's star: the edit stood before 1996.")
    column_one = models.CharField(max_length=5, db_collation="C")
    column_two = models.CharField(max_length=5, db_collation="C")

    class Meta:
        # a code's pairs in either column are read from an index alone, in the order of the other code
        indexes = [
            models.Index(
                fields=["setting", "column_one", "column_two"],
                include=["indicator", "effective_on", "terminated_on"],
                name="ptp_by_column_one",
            ),
            models.Index(
                fields=["setting", "column_two", "column_one"],
                include=["indicator", "effective_on", "terminated_on"],
                name="ptp_by_column_two",
            ),
        ]

    def __str__(self):
        return f"{self.column_one} / {self.column_two}"


class MueEdit(Window):
    """Most units of a code that one patient can have on one day from one provider; 0 is a value."""

    class Setting(models.TextChoices):
        PRACTITIONER = "practitioner", "Practitioner"
        OUTPATIENT = "outpatient", "Hospital outpatient"
        DME = "dme", "Equipment supplier"

    setting = models.CharField(max_length=12, choices=Setting)
    code = models.CharField(max_length=5, db_collation="C")
    value = models.PositiveIntegerField(help_text="Units of service.")
    adjudication = models.CharField(max_length=60, help_text="MAI with its words, as in the file.")
    rationale = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "code", "effective_on"], name="mue_once_a_day")
        ]
        indexes = [models.Index(fields=["code"], name="mue_by_code")]

    def __str__(self):
        return f"{self.code}: {self.value}"

    @property
    def mai(self):
        """The adjudication indicator: 1 by line, 2 by day and absolute, 3 by day and open to appeal."""
        return int(self.adjudication[0])


class AddOnEdit(Window):
    """An add-on code with a primary code that it is reported beside, inside an edition of the list."""

    edit_type = models.SmallIntegerField(
        help_text="1: this list of primary codes; 2: the contractor's; 3: both."
    )
    addon_code = models.CharField(max_length=5, db_collation="C")
    primary_code = models.CharField(max_length=5, db_collation="C")
    addon_ended_on = models.DateField(null=True)
    primary_ended_on = models.DateField(null=True)
    edit_began_on = models.DateField(null=True)
    edit_ended_on = models.DateField(null=True)
    instruction = models.TextField(blank=True, help_text="CMS's special instruction.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(edit_type__in=[1, 2, 3]), name="addon_edit_type"),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True) | Q(terminated_on__gte=F("effective_on")),
                name="addon_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["addon_code", "primary_code"], name="addon_by_addon"),
            models.Index(fields=["primary_code", "addon_code"], name="addon_by_primary"),
        ]

    def __str__(self):
        return f"{self.addon_code} with {self.primary_code}"
