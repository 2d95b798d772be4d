"""Rows that hold for a span of days: what is in force on a date of service."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class DaysBetween(Func):
    """`daterange(effective_on, terminated_on, '[]')`: both days included, open where null."""

    function = "DATERANGE"
    output_field = DateRangeField()


class WindowQuerySet(models.QuerySet):
    """Rows with `effective_on` and `terminated_on` (the last day of use; null is open)."""

    def in_force(self, on):
        """Rows whose window holds the day `on`."""
        return self.filter(self.holds(on))

    @staticmethod
    def holds(on, prefix=""):
        """The condition that a window holds the day `on`; `prefix` ends in `__` for a related row."""
        return Q(**{f"{prefix}effective_on__lte": on}) & (
            Q(**{f"{prefix}terminated_on__isnull": True}) | Q(**{f"{prefix}terminated_on__gte": on})
        )


class Window(models.Model):
    """A row of a release that holds from one day to another."""

    release = models.ForeignKey(
        "codes.Release",
        on_delete=models.CASCADE,
        related_name="+",
        help_text="The file that first gave this row.",
    )
    effective_on = models.DateField(help_text="First day on which a loaded edition shows this row.")
    terminated_on = models.DateField(null=True, blank=True, help_text="Last day of use; empty while open.")

    objects = WindowQuerySet.as_manager()

    class Meta:
        abstract = True


def ends_after_it_begins(name):
    """The check that a window does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(terminated_on__isnull=True) | Q(terminated_on__gte=F("effective_on")), name=name
    )


def no_overlap(name, *fields):
    """The constraint that windows with the same `fields` never share a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (
                DaysBetween(F("effective_on"), F("terminated_on"), RangeBoundary(inclusive_upper=True)),
                RangeOperators.OVERLAPS,
            ),
        ],
    )
