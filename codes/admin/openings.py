"""How often the pages of codes are opened, so that texts are written first where they are read.

The views are the meter's, and codes know no readers (house rule). So the wiring names the function that counts:
`OPENED_COUNTS` in the settings, a dotted path to `() -> {(code set, counted code): times}`; without it every code
counts as never opened. The counts go into the query as one JSON value: a look-up for each row costs less than a
join on text columns that have no index of their own.
"""

from django.conf import settings
from django.db.models import Case, F, Func, IntegerField, JSONField, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Left
from django.utils.module_loading import import_string


def opened_counts():
    """How often each code was opened, by what the meter counts."""
    path = getattr(settings, "OPENED_COUNTS", None)
    return import_string(path)() if path else {}


def with_openings(codes):
    """The codes with `opened`: how often the page was opened."""
    counts = {f"{code_set} {code}": times for (code_set, code), times in opened_counts().items()}
    times = Func(
        Value(counts, output_field=JSONField()), counted(), arg_joiner=" ->> ", template="(%(expressions)s)"
    )
    return codes.annotate(
        opened=Coalesce(Cast(times, IntegerField()), 0, output_field=IntegerField()),
    )


def counted():
    """What the meter counts, as `codes.spelling.stem` has it: seventh characters of a diagnosis are one page."""
    code = Case(
        When(code_set__slug="icd-10-cm", then=Left("code", 6)), default=F("code"), output_field=TextField()
    )
    return Concat(F("code_set__slug"), Value(" "), code, output_field=TextField())
