"""From a diagnosis to the groups that pay for it: MS-DRG, CC and MCC, HCC."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from codes.models.codes import Code
from codes.models.windows import Window, ends_after_it_begins, no_overlap


class DrgWeight(Window):
    """A line of MS-DRG Table 5 (final rule, Table 5)."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="drg_weights")
    mdc = models.CharField("MDC", max_length=4)
    drg_type = models.CharField("type", max_length=4, help_text="SURG or MED.")
    is_post_acute = models.BooleanField("post-acute transfer policy applies")
    is_special_pay = models.BooleanField("special pay under the transfer policy")
    weight = models.DecimalField(max_digits=8, decimal_places=4, null=True, help_text="Before the 10 % cap.")
    capped_weight = models.DecimalField(
        max_digits=8, decimal_places=4, null=True, help_text="The one that pays."
    )
    gmlos = models.DecimalField("GMLOS", max_digits=6, decimal_places=1, null=True, help_text="Days.")
    amlos = models.DecimalField("AMLOS", max_digits=6, decimal_places=1, null=True, help_text="Days.")

    class Meta:
        constraints = [
            ends_after_it_begins("drg_weight_ends_after_start"),
            no_overlap("drg_weight_windows_apart", "code"),
        ]


class DiagnosisDrg(Window):
    """MS-DRGs that a diagnosis leads to, and in which role, by the grouper's definitions."""

    diagnosis = models.CharField(max_length=8, db_collation="C", help_text="ICD-10-CM, undotted.")
    drgs = ArrayField(models.CharField(max_length=3), help_text="MS-DRGs of one base group, in order.")
    role = models.CharField(max_length=200, help_text="The grouper's logic list, such as PDX.")

    class Meta:
        indexes = [models.Index(fields=["diagnosis"], name="diagnosis_drg_diagnosis")]


class DiagnosisComplication(Window):
    """Whether a secondary diagnosis is a CC or an MCC."""

    diagnosis = models.CharField(max_length=8, db_collation="C")
    level = models.CharField(max_length=3, help_text="CC or MCC.")
    only_if_alive = models.BooleanField(help_text="Counts as MCC only where the patient left alive.")
    exclusion_count = models.PositiveIntegerField(
        help_text="Principal diagnoses beside which it does not count (the PDX exclusion collection)."
    )

    class Meta:
        indexes = [models.Index(fields=["diagnosis"], name="diagnosis_cc_diagnosis")]


class DiagnosisHcc(Window):
    """The HCC of a diagnosis in one model of one payment year; the window is the year of service before it."""

    diagnosis = models.CharField(max_length=8, db_collation="C")
    payment_year = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=60, help_text="CMS's name of the model, such as CMS-HCC Model V28.")
    hcc = models.CharField("HCC", max_length=6)
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["diagnosis"], name="diagnosis_hcc_diagnosis")]


class Equivalence(Window):
    """A line of a general equivalence mapping (GEM): one way from a code of one system to one of another.

    A line whose flag says "no map" has no target. Lines of one scenario belong together, one of each choice list.
    """

    class System(models.TextChoices):
        ICD9_DIAGNOSES = "icd-9-cm", "ICD-9-CM"
        ICD9_PROCEDURES = "icd-9-pcs", "ICD-9-CM procedures"
        ICD10_DIAGNOSES = "icd-10-cm", "ICD-10-CM"
        ICD10_PROCEDURES = "icd-10-pcs", "ICD-10-PCS"

    origin = models.CharField("from", max_length=10, choices=System)
    target = models.CharField("to", max_length=10, choices=System)
    code = models.CharField(max_length=7, db_collation="C", help_text="Undotted.")
    mapped = models.CharField(max_length=7, db_collation="C", blank=True, help_text="Empty: no map.")
    is_approximate = models.BooleanField()
    is_combination = models.BooleanField(help_text="The source needs several targets together.")
    scenario = models.PositiveSmallIntegerField(help_text="Which combination; 0 where there is none.")
    choice = models.PositiveSmallIntegerField(help_text="Which list of it to choose one from.")

    class Meta:
        indexes = [
            models.Index(fields=["origin", "code"], name="equivalence_code"),
            models.Index(fields=["target", "mapped"], name="equivalence_mapped"),
        ]
