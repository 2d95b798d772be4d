"""Demonstration releases: real code numbers with words of our own, until the operator loads an official file.

A CSV in fixtures/ in the publisher's order: `code,kind,parent,label,short,medium,long,is_addon`; kind is range or
code, is_addon yes, no or empty.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from codes.importers import loading
from codes.importers.loading import Refused
from codes.importers.merging import DESCRIPTORS, TITLES
from codes.importers.placing import CodeRow
from codes.importers.progress import quiet

FIRST_DAY = date(2021, 1, 1)
COLUMNS = ["code", "kind", "parent", "label", "short", "medium", "long", "is_addon"]
ADDON = {"yes": True, "no": False, "": None}
NOTICES = {
    "cpt": "Demonstration: the numbers are CPT® codes, every word is Coding Ahead’s own and none the American "
    "Medical Association’s. CPT® is a registered trademark of the American Medical Association.",
    "hcpcs": "Demonstration: the numbers are HCPCS Level II codes, every word is Coding Ahead’s own. The official "
    "file is published by the Centers for Medicare & Medicaid Services.",
}


@dataclass
class Demonstration:
    """Codes in their order, and the words of each."""

    codes: list
    descriptors: list


def load_packaged(progress=quiet):
    """Load the demonstrations in fixtures/ of code sets that have no official release."""
    return [load(fixture(code_set), code_set, progress) for code_set in NOTICES]


def fixture(code_set):
    """The file that comes with the site."""
    return settings.BASE_DIR / "fixtures" / f"{code_set}_demonstration.csv"


def load(path, code_set, progress=quiet):
    """Load one file, unless an official release of the code set is there."""
    edition = loading.Edition(
        source=f"{code_set}-demonstration",
        code_set=code_set,
        edition="Demonstration",
        effective_on=FIRST_DAY,
        source_file=Path(path).name,
        files=(path,),
        notice=NOTICES[code_set],
        is_demonstration=True,
    )
    return loading.load(edition, lambda: read(path), write, progress)


def read(path):
    """The `Demonstration` in a CSV file; raises `Refused` with the line that is wrong."""
    found, paths = Demonstration([], []), {"": ()}
    with Path(path).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != COLUMNS:
            raise Refused(f"{Path(path).name}: its first line must be {','.join(COLUMNS)}.")
        for row in reader:
            check(row, paths, f"{Path(path).name}, line {reader.line_num}")
            paths[row["code"]] = above = (*paths[row["parent"]], row["code"])
            found.codes.append(CodeRow(row["code"], row["kind"], row["parent"], above[:-1], row["label"]))
            found.descriptors.append(
                (
                    row["code"],
                    row["kind"] == "code",
                    ADDON[row["is_addon"]],
                    row["short"],
                    row["medium"],
                    row["long"],
                )
            )
    return found


def check(row, paths, where):
    """Refuse a line that says what it must not."""
    if None in row or None in row.values():
        raise Refused(f"{where}: it has not {len(COLUMNS)} fields.")
    if not row["code"] or row["code"] in paths:
        raise Refused(f"{where}: the code “{row['code']}” is missing or was there before.")
    if row["parent"] not in paths:
        raise Refused(f"{where}: its parent {row['parent']} must stand before it.")
    if row["kind"] not in {"range", "code"} or row["is_addon"] not in ADDON:
        raise Refused(f"{where}: kind is range or code; is_addon is yes, no or empty.")


def write(this, rows):
    """Put a demonstration in."""
    this.expect(len(rows.codes), 1, 500, "lines")
    this.codes(rows.codes)
    this.merge(DESCRIPTORS, rows.descriptors, is_main=True)
    this.merge(TITLES, [(row[0], "title", row[-1]) for row in rows.descriptors if row[-1]])
