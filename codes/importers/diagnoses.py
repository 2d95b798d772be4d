"""Diagnoses to MS-DRGs, and which diagnoses are a CC or MCC: the grouper's definitions (drgpy)."""

import json
import lzma
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from codes.importers import loading, packages
from codes.importers.merging import Table
from codes.importers.progress import quiet
from codes.models import DiagnosisComplication, DiagnosisDrg

SOURCE = "ms-drg-diagnoses"
SCHEMA = 1  # of the package's files
# diagnoses that lead to a group, and complications: versions 36 to 43.1 had 66,000 to 68,000 and about 18,000
ASSIGNED, COMPLICATIONS = (60_000, 80_000), (15_000, 22_000)
NOTICE = "MS-DRG definitions {}. Centers for Medicare & Medicaid Services; public domain."
EDITIONS = {
    "v43": {"edition": "MS-DRG v43", "effective_on": date(2025, 10, 1), "ends_on": date(2026, 3, 31)},
    "v43.1": {"edition": "MS-DRG v43.1", "effective_on": date(2026, 4, 1), "ends_on": date(2026, 9, 30)},
}
DRGS = Table(DiagnosisDrg, ("diagnosis", "role", "drgs"), (), by_code=False)
LEVELS = Table(
    DiagnosisComplication, ("diagnosis",), ("level", "only_if_alive", "exclusion_count"), by_code=False
)
# What the grouper's lists ask of the diagnosis: PDX principal, SDX secondary, PSDX either of them, AND PSDX either
# of them beside another condition. Lists named otherwise end in one of the first three (“SEPTICEMIA PDX”).
ROLES = {
    "OR PDX*": "PDX",
    "OR PDX**": "PDX",
    "ACUTE COR PULMONALE": "PDX",
    "PDX OR SDX": "PSDX",
    "AND PSDX": "AND PSDX",
    "AND PSDX*": "AND PSDX",
    "AND PSDX OF MAJOR RELATED CONDITION": "AND PSDX",
    "PSDX OF HIV INFECTION": "AND PSDX",
}
# Lists of what a group's logic leaves out, and of what may stand beside it without leading to it.
EXCEPT = "EXCEPT"
BESIDE = "AND NO SDX OR ONLY SDX"
# Categories whose principal diagnoses no list names: treatment, discharge and other diagnoses choose the group.
BY_CATEGORY = ("20", "25")
# How the page sorts the roles.
ORDER = ("PDX", "PSDX", *(f"MDC {mdc}" for mdc in BY_CATEGORY), "SDX", "AND PSDX")


@dataclass
class Definitions:
    """Rows of `DRGS` and `LEVELS`, by diagnosis."""

    drgs: list = field(default_factory=list)
    levels: list = field(default_factory=list)


def load_packaged(progress=quiet):
    """Load both editions of FY2026 that the pinned package carries; returns the outcomes."""
    outcomes = []
    for share, (version, about) in enumerate(EDITIONS.items()):
        path = packages.file("drgpy", f"runtime_data/{version}.json.xz")
        part = lambda fraction, doing="", share=share: progress((share + fraction) / len(EDITIONS), doing)  # noqa: E731
        outcomes.append(
            load(path, part, f"{path.name} of the package drgpy", notice=NOTICE.format(version), **about)
        )
    return outcomes


def load(path, progress=quiet, source_file="", **about):
    """Load one version: `about` is the edition (`edition`, `effective_on`, `ends_on`, `notice`)."""
    edition = loading.Edition(
        source=SOURCE, source_file=source_file or Path(path).name, files=(path,), **about
    )
    return loading.load(edition, lambda: read(path), write, progress)


def read(path):
    """The `Definitions` of a version."""
    data = json.loads(lzma.decompress(Path(path).read_bytes()))
    if data.get("schema_version") != SCHEMA:
        raise loading.Refused(
            f"{Path(path).name} is in another layout than drgpy 0.2.1 has. Pin that version."
        )
    categories = categories_of(data["drgmap"])
    return Definitions(
        [row for code, lists in data["dxmap"].items() for row in assignments(code, lists, categories)],
        [complication(code, entry, data["exmap"]) for code, entry in data["ccmap"].items()],
    )


def categories_of(groups):
    """The groups of the categories that no list names, by role: `{"MDC 20": ("894", "895", …)}`."""
    return {
        f"MDC {mdc}": tuple(sorted(drg for drg, group in groups.items() if group["mdc"] == mdc))
        for mdc in BY_CATEGORY
    }


def assignments(diagnosis, lists, categories):
    """Rows of `DRGS` for a diagnosis.

    An entry reads `637&638&639|PDX`; those that begin with _ name no group. A diagnosis that no list names as
    principal one may lead to any group of its category (`_MDC20`), where that is one of `categories`.
    """
    found = set()
    for entry in lists:
        drgs, _, name = entry.partition("|")
        if not entry.startswith("_") and not name.endswith(EXCEPT) and name != BESIDE:
            found.add((role(name), tuple(drgs.split("&"))))
    if not {"PDX", "PSDX"} & {its_role for its_role, _ in found}:
        named = {f"MDC {entry.removeprefix('_MDC')}" for entry in lists}
        found |= {(its_role, drgs) for its_role, drgs in categories.items() if its_role in named}
    for its_role, drgs in sorted(found, key=lambda row: (ORDER.index(row[0]), row[1])):
        yield diagnosis, its_role, list(drgs)


def role(name):
    """PDX, SDX, PSDX or AND PSDX for a list's name."""
    last = name.split()[-1]
    return ROLES.get(name) or (last if last in ORDER else "SDX")


def complication(diagnosis, entry, collections):
    """The row of `LEVELS` for a diagnosis; `aowa`: an MCC only where the patient left alive."""
    return diagnosis, entry["level"], entry["aowa"], len(collections.get(entry["pdx"], ()))


def write(this, rows):
    """Write groups and levels."""
    this.expect(len({row[0] for row in rows.drgs}), *ASSIGNED, "diagnoses with a group")
    this.expect(len(rows.levels), *COMPLICATIONS, "CCs and MCCs")
    this.progress(0.3, "groups")
    this.merge(DRGS, rows.drgs, is_main=True)
    this.progress(0.8, "CCs and MCCs")
    this.merge(LEVELS, rows.levels)
