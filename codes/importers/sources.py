"""Every official file that `import_release` loads: what it is, where it is published, and who reads it.

An importer module offers its sources in a list `SOURCES`; they are found by it, as sections are.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import codes.importers


@dataclass(frozen=True)
class Asked:
    """What the operator said about a file beside its place; None where the file is to tell.

    A dry run is rolled back by the command, whatever the source does with `is_dry_run`.
    """

    edition: str | None = None
    effective_on: date | None = None
    ends_on: date | None = None
    is_dry_run: bool = False


@dataclass(frozen=True)
class Source:
    """One kind of official file.

    `published` is the address of the page that offers it; `is_tried` whether its loader has read a real one.
    `load(path, asked, progress)` returns an `Outcome`, or a list of them with the main one last, and raises
    `Refused` with a sentence that names file, line and column. The command gives it one transaction.
    """

    slug: str
    title: str
    published: str
    is_tried: bool
    load: Callable[[Path, Asked, Callable], object]


# as `--list` prints them: code sets first, then what is said about their codes
ORDER = (
    "icd10cm-order",
    "icd10cm-tabular",
    "icd10cm-index",
    "icd10cm-poa-exempt",
    "icd10cm-conversions",
    "icd10pcs-order",
    "icd10pcs-tables",
    "ms-drg",
    "hcpcs",
    "cpt",
    "ptp-practitioner",
    "ptp-hospital",
    "mue-practitioner",
    "mue-outpatient",
    "mue-dme",
    "aoc",
    "pfs",
    "anesthesia-base-units",
    "zip5",
    "gem",
    "mcd",
)


@cache
def every_source():
    """Each `Source` by its slug, in `ORDER`; those that are not in it come last."""
    modules = (
        importlib.import_module(f"{codes.importers.__name__}.{module.name}")
        for module in pkgutil.iter_modules(codes.importers.__path__)
    )
    found = [source for module in modules for source in getattr(module, "SOURCES", ())]
    found.sort(key=lambda source: ORDER.index(source.slug) if source.slug in ORDER else len(ORDER))
    return {source.slug: source for source in found}
