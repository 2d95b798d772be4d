"""The physician fee schedule: relative values and payment indicators, localities, caps, ZIP codes.

Codes stand here as text: the schedule also names codes that have no page (dental ones). Every amount is exact.
"""

from django.db import models

from codes.models.windows import Window, ends_after_it_begins, no_overlap


class Procedure(Window):
    """A row of the schedule about one code."""

    procedure = models.CharField(max_length=5, db_collation="C", help_text="CPT, HCPCS or dental code.")

    class Meta:
        abstract = True


def units(**options):
    """Relative value units and shares: two decimals, as the files have them."""
    return models.DecimalField(max_digits=9, decimal_places=2, **options)


def index(**options):
    """A geographic index: three decimals."""
    return models.DecimalField(max_digits=6, decimal_places=3, **options)


def factor(**options):
    """Dollars for one unit: four decimals."""
    return models.DecimalField(max_digits=10, decimal_places=4, **options)


class RelativeValue(Procedure):
    """A line of the relative value file (PPRRVU): units and payment indicators of a code with its modifier."""

    modifier = models.CharField(max_length=2, blank=True, help_text="Empty, 26, TC or 53.")
    status = models.CharField(max_length=1)
    not_used_for_medicare = models.BooleanField()
    work = units()
    nonfacility_pe = units()
    nonfacility_na = models.BooleanField(help_text="Rarely or never done there, so no amount is given.")
    facility_pe = units()
    facility_na = models.BooleanField()
    malpractice = units()
    nonfacility_total = units()
    facility_total = units()
    pctc = models.CharField("PC/TC", max_length=1)
    global_days = models.CharField(max_length=3)
    preoperative = units(help_text="Share of the global package before the operation, 0 to 1.")
    intraoperative = units()
    postoperative = units()
    multiple_procedures = models.CharField(max_length=1)
    bilateral = models.CharField(max_length=1)
    assistant = models.CharField(max_length=1)
    co_surgeons = models.CharField(max_length=1)
    team = models.CharField(max_length=1)
    endoscopic_base = models.CharField(max_length=5, blank=True)
    conversion_factor = factor(help_text="Dollars for one unit.")
    qpp_conversion_factor = factor(
        null=True, help_text="For participants of an advanced payment model; from 2026."
    )
    supervision = models.CharField(max_length=2)
    calculation_flag = models.CharField(max_length=1)
    imaging_family = models.CharField(max_length=2)
    opps_nonfacility_pe = units(help_text="Practice expense under the cap of the outpatient system.")
    opps_facility_pe = units()
    opps_malpractice = units()

    class Meta:
        constraints = [
            ends_after_it_begins("relative_value_ends_after_start"),
            no_overlap("relative_value_windows_apart", "procedure", "modifier"),
        ]

    def __str__(self):
        return f"{self.procedure} {self.modifier}".strip()


class Locality(Window):
    """A payment locality: its three geographic indices and its anesthesia factor."""

    mac = models.CharField("MAC", max_length=5)
    number = models.CharField(max_length=2)
    state = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    counties = models.TextField(blank=True)
    work = index(help_text="GPCI of work.")
    practice_expense = index()
    malpractice = index()
    work_floor = index(null=True, help_text="The floor that the work index includes.")
    anesthesia_factor = factor(null=True, help_text="Dollars for one anesthesia unit.")
    national_anesthesia_factor = factor(null=True)

    class Meta:
        verbose_name_plural = "localities"
        constraints = [
            ends_after_it_begins("locality_ends_after_start"),
            no_overlap("locality_windows_apart", "mac", "number"),
        ]

    def __str__(self):
        return f"{self.mac}-{self.number}"


class OppsCap(Procedure):
    """What an imaging service would cost under the hospital outpatient system in a locality: the fee's cap."""

    modifier = models.CharField(max_length=2, blank=True)
    mac = models.CharField("MAC", max_length=5)
    number = models.CharField(max_length=2)
    facility = units(help_text="Dollars.")
    nonfacility = units(help_text="Dollars.")

    class Meta:
        constraints = [ends_after_it_begins("opps_cap_ends_after_start")]
        indexes = [models.Index(fields=["procedure", "mac", "number"], name="opps_cap_procedure")]


class AnesthesiaBase(Procedure):
    """Base units of an anesthesia code."""

    units = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            ends_after_it_begins("anesthesia_base_ends_after_start"),
            no_overlap("anesthesia_base_windows_apart", "procedure"),
        ]


class ZipLocality(Window):
    """The locality of a ZIP code; one that is split spans localities by its last four digits."""

    zip = models.CharField("ZIP code", max_length=5, db_collation="C")
    state = models.CharField(max_length=2)
    mac = models.CharField("MAC", max_length=5)
    number = models.CharField(max_length=2)
    is_split = models.BooleanField()

    class Meta:
        constraints = [
            ends_after_it_begins("zip_locality_ends_after_start"),
            no_overlap("zip_locality_windows_apart", "zip"),
        ]
