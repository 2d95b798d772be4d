"""Code sets and the releases that were loaded into them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class CodeSetQuerySet(models.QuerySet):
    """Code sets in the order in which the site lists them."""

    def known(self, slug):
        """The code set with this address word, made from `KNOWN` when it is not there yet."""
        return self.get_or_create(slug=slug, defaults=KNOWN[slug])[0]


class CodeSet(models.Model):
    """One system of codes, such as ICD-10-CM, with whose it is and what may be shown."""

    slug = models.SlugField(unique=True, help_text="The word in addresses, such as icd-10-cm.")
    name = models.CharField(max_length=40)
    what = models.CharField(max_length=60, help_text="What its codes name, in two or three words.")
    publisher = models.CharField(max_length=120)
    licence = models.CharField(max_length=200)
    is_public_domain = models.BooleanField(
        help_text="Whether descriptors may stand outside an opened page: in lists, results and the wall."
    )
    fhir_uri = models.URLField(help_text="The code system's address in FHIR.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = CodeSetQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The page that lists its top level."""
        return reverse("codes:code_set", args=[self.slug])


class ReleaseQuerySet(models.QuerySet):
    """Releases, the latest edition first."""

    def current(self):
        """Releases that readers see."""
        return self.filter(state=Release.State.CURRENT)

    def answering(self, on):
        """Current releases whose edition holds the day `on`."""
        return self.current().filter(Q(effective_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Release(models.Model):
    """One file as its publisher put it out: an edition, the days it speaks for, and where it came from."""

    class State(models.TextChoices):
        LOADING = "loading", "Loading"
        CURRENT = "current", "Loaded"
        REPLACED = "replaced", "Replaced by another file of the same edition"

    source = models.SlugField(help_text="The importer that reads such files, such as icd10cm-tabular.")
    code_set = models.ForeignKey(
        CodeSet, null=True, blank=True, on_delete=models.CASCADE, related_name="releases"
    )
    edition = models.CharField(max_length=80, help_text="As a coder calls it: “FY2026, April 2026 update”.")
    effective_on = models.DateField(help_text="First day for which the edition answers.")
    ends_on = models.DateField(null=True, blank=True, help_text="Last day for which it answers; empty: open.")
    is_demonstration = models.BooleanField(
        default=False, help_text="Our own words standing in for a licensed or official file."
    )
    notice = models.TextField(blank=True, help_text="The copyright or source line shown under its text.")
    source_file = models.CharField(
        max_length=200, help_text="Name of the file, and of the package it came in."
    )
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.LOADING)
    row_count = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(
        auto_now=True, help_text="When this row last changed; rendered pages are made anew after it."
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "edition"], condition=~Q(state="replaced"), name="release_one_per_edition"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("effective_on")),
                name="release_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.edition}"


KNOWN = {
    "icd-10-cm": {
        "name": "ICD-10-CM",
        "what": "Diagnoses",
        "publisher": "National Center for Health Statistics",
        "licence": "Public domain in the United States; ICD-10 by permission of the World Health Organization",
        "is_public_domain": True,
        "fhir_uri": "http://hl7.org/fhir/sid/icd-10-cm",
        "position": 1,
    },
    "icd-10-pcs": {
        "name": "ICD-10-PCS",
        "what": "Inpatient procedures",
        "publisher": "Centers for Medicare & Medicaid Services",
        "licence": "Public domain",
        "is_public_domain": True,
        "fhir_uri": "http://www.cms.gov/Medicare/Coding/ICD10",
        "position": 2,
    },
    "cpt": {
        "name": "CPT®",
        "what": "Physician procedures",
        "publisher": "American Medical Association",
        "licence": "Licensed by the American Medical Association; loaded by the operator",
        "is_public_domain": False,
        "fhir_uri": "http://www.ama-assn.org/go/cpt",
        "position": 3,
    },
    "hcpcs": {
        "name": "HCPCS Level II",
        "what": "Supplies, drugs, services",
        "publisher": "Centers for Medicare & Medicaid Services",
        "licence": "Public domain",
        "is_public_domain": True,
        "fhir_uri": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "position": 4,
    },
    "ms-drg": {
        "name": "MS-DRG",
        "what": "Inpatient groups",
        "publisher": "Centers for Medicare & Medicaid Services",
        "licence": "Public domain",
        "is_public_domain": True,
        "fhir_uri": "http://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software",
        "position": 5,
    },
}
