"""Which codes our demonstration tables of facts speak of: outside them nothing is said, never “none”."""

import csv
from functools import cache

from django.conf import settings


@cache
def demonstration_codes():
    """The numbers in fixtures/cpt_demonstration.csv and fixtures/hcpcs_demonstration.csv."""
    found = set()
    for code_set in ("cpt", "hcpcs"):
        path = settings.BASE_DIR / "fixtures" / f"{code_set}_demonstration.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            found |= {row["code"] for row in csv.DictReader(lines) if row["kind"] == "code"}
    return frozenset(found)
