"""What CMS's outpatient code editor says of a code: its payment status, and the edits of a diagnosis.

Rows carry their own days: the editor's tables tell from which quarterly version to which they hold.
"""

from django.db import models

from codes.models.fees import Procedure
from codes.models.page import in_force, one_row
from codes.models.windows import Window, ends_after_it_begins, no_overlap


class OutpatientStatus(Procedure):
    """How the hospital outpatient system (OPPS) pays a code."""

    status = models.CharField("status indicator", max_length=2)
    apc = models.CharField("APC", max_length=5, blank=True, help_text="Five digits; empty where none is.")

    class Meta:
        verbose_name_plural = "outpatient statuses"
        constraints = [
            ends_after_it_begins("outpatient_status_ends_after_start"),
            no_overlap("outpatient_status_windows_apart", "procedure"),
        ]

    def __str__(self):
        return f"{self.procedure}: {self.status}"


class DiagnosisEdit(Window):
    """What an outpatient claim with a diagnosis is checked for; a diagnosis without an edit has no row."""

    diagnosis = models.CharField(max_length=7, db_collation="C")
    lowest_age = models.PositiveSmallIntegerField(
        null=True, help_text="Years; empty where there is no limit."
    )
    highest_age = models.PositiveSmallIntegerField(null=True)
    is_manifestation = models.BooleanField()
    is_unacceptable_principal = models.BooleanField()

    class Meta:
        constraints = [
            ends_after_it_begins("diagnosis_edit_ends_after_start"),
            no_overlap("diagnosis_edit_windows_apart", "diagnosis"),
        ]

    def __str__(self):
        return self.diagnosis


STATUS = f"""(SELECT json_build_object('status', outpatient.status, 'apc', outpatient.apc)
    FROM codes_outpatientstatus AS outpatient WHERE outpatient.procedure = %(code)s
        AND {in_force("outpatient").replace("%(on)s", "%(outpatient_on)s")})"""
CLAIM = f"""
SELECT EXISTS (SELECT FROM codes_poaexemption AS listed
        WHERE listed.diagnosis = %(code)s AND {in_force("listed").replace("%(on)s", "%(poa_on)s")}) AS is_exempt,
    (SELECT json_build_object('lowest_age', lowest_age, 'highest_age', highest_age,
            'is_manifestation', is_manifestation, 'is_unacceptable_principal', is_unacceptable_principal)
        FROM codes_diagnosisedit AS edit WHERE edit.diagnosis = %(code)s
            AND {in_force("edit").replace("%(on)s", "%(edit_on)s")}) AS edit
"""


def status_on(code, on):
    """`status` and `apc` of a procedure on a day as a dictionary, or None: one query."""
    return one_row(f"SELECT {STATUS} AS outpatient", {"code": code, "outpatient_on": on})["outpatient"]


def claim_facts(code, poa_on, edit_on):
    """`is_exempt` (from present on admission) and `edit` (a dictionary or None) of a diagnosis: one query.

    Either day may be None: that file is not asked.
    """
    return one_row(CLAIM, {"code": code, "poa_on": poa_on, "edit_on": edit_on})
