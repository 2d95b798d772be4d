"""Modifiers in our own words (fixtures/modifiers.csv): what each says, when it is used, and whether NCCI knows it.

CPT modifiers have no other words here: the AMA's are licensed. HCPCS ones have CMS's words beside ours where the HCPCS
file is loaded.
"""

import csv
from dataclasses import dataclass
from functools import cache

from django.conf import settings

FILE = settings.BASE_DIR / "fixtures" / "modifiers.csv"


@dataclass(frozen=True)
class Modifier:
    """One modifier; `code_set` is cpt or hcpcs."""

    code: str
    code_set: str
    says: str
    used_when: str
    is_ncci: bool


@cache
def ours():
    """Every `Modifier` that we describe, by its two characters, those of CPT first."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            row["modifier"]: Modifier(
                row["modifier"], row["code_set"], row["says"], row["used_when"], row["is_ncci"] == "yes"
            )
            for row in csv.DictReader(lines)
        }
