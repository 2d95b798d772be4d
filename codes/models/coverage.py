"""Medicare's coverage policies: national and local determinations, and the articles whose groups name codes.

Rows belong to one download each; a page asks the latest download that answers for its day.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from codes.models.code_sets import Release


class Policy(models.Model):
    """A version of an NCD, LCD or article. Its text is not kept: CMS's page has it, with whose words they are."""

    class Kind(models.TextChoices):
        NCD = "ncd", "National coverage determination (NCD)"
        LCD = "lcd", "Local coverage determination (LCD)"
        ARTICLE = "article", "Article"

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="policies")
    kind = models.CharField(max_length=7, choices=Kind)
    number = models.CharField(max_length=20, help_text="As CMS calls it: 240.4, L33718, A52467.")
    document = models.PositiveIntegerField(null=True, help_text="Its number in CMS's addresses.")
    version = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=400)
    status = models.CharField(
        max_length=1, blank=True, help_text="CMS's letter: A active, R retired, F future."
    )
    effective_on = models.DateField(null=True, help_text="First day of this version; empty where not told.")
    ends_on = models.DateField(null=True, help_text="Last day; empty while open.")
    contractors = ArrayField(models.CharField(max_length=200), default=list, help_text="MACs by name.")
    states = ArrayField(models.CharField(max_length=40), default=list)
    related = ArrayField(
        models.CharField(max_length=20), default=list, help_text="Numbers of related policies."
    )

    class Meta:
        verbose_name_plural = "policies"
        indexes = [models.Index(fields=["release", "kind", "document"], name="policy_document")]

    def __str__(self):
        return f"{self.number} {self.title}"


class PolicyGroup(models.Model):
    """Codes that an article lists together, and the paragraph that says what for."""

    class Kind(models.TextChoices):
        PROCEDURES = "procedures", "Procedure codes"
        COVERED = "covered", "Diagnoses that support medical necessity"
        NOT_COVERED = "noncovered", "Diagnoses that do not support it"

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="groups")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveIntegerField()
    paragraph = models.TextField(blank=True)
    codes = ArrayField(models.CharField(max_length=8, db_collation="C"), default=list, help_text="Undotted.")

    class Meta:
        indexes = [GinIndex(fields=["codes"], name="policy_group_codes")]

    def __str__(self):
        return f"{self.kind} {self.number}"
