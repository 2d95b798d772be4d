"""Coverage and crosswalks of the demonstration codes: our own marked examples, until a real file is loaded.

Three tables in fixtures/, in columns of ours: examples of policies with groups of codes; lines of the mappings of
FY2018 and fields of CMS's HCPCS file of 2019 for these codes, numbers only.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from codes.importers import gem, hcpcs, hcpcs_records, loading, mcd
from codes.importers.loading import Refused
from codes.importers.merging import Table
from codes.importers.progress import quiet
from codes.models import Equivalence, HcpcsFact
from codes.spelling import normal

YES = {"yes": True, "no": False}
ONLY = "these codes only"
POLICIES = ("number", "kind", "title", "group", "group_kind", "paragraph", "codes")
MAPPINGS = ("from", "to", "code", "mapped", "approximate", "combination", "scenario", "choice")
FACTS = (
    *(
        "code",
        "coverage",
        "pricing",
        "multiple_pricing",
        "ncd_sections",
        "manual_sections",
        "statute",
        "asc_group",
    ),
    *("betos", "types_of_service", "processing_note", "cross_references"),
)
EXAMPLES = Table(
    Equivalence,
    ("origin", "target", *gem.KEY),
    ("is_approximate", "is_combination"),
    by_code=False,
    closes=True,
)


@dataclass(frozen=True)
class Examples:
    """A table: whose demonstration it is, its columns, and the edition that it is true to."""

    name: str
    source: str
    columns: tuple
    edition: str
    effective_on: date
    ends_on: date | None
    notice: str

    @property
    def path(self):
        """The file that comes with the site."""
        return settings.BASE_DIR / "fixtures" / f"{self.name}_demonstration.csv"


COVERAGE = Examples(
    "coverage",
    mcd.SOURCE,
    POLICIES,
    "Examples",
    date(2021, 1, 1),
    None,
    "Examples written for this site, these codes only; no list of Medicare’s.",
)
CROSSWALK = Examples(
    "crosswalk",
    gem.SOURCE,
    MAPPINGS,
    "FY2018",
    date(2017, 10, 1),
    date(2018, 9, 30),
    "Lines of the general equivalence mappings, FY2018, these codes only. CMS and NCHS; public domain.",
)
FIELDS = Examples(
    "hcpcs_facts",
    hcpcs.SOURCE,
    FACTS,
    "2019",
    date(2019, 1, 1),
    date(2019, 3, 31),
    "Fields of CMS’s HCPCS Level II file of 2019, these codes only; public domain.",
)


def load_packaged(progress=quiet):
    """Load the three tables, each unless a real file of its source is there."""
    written = ((COVERAGE, write_policies), (CROSSWALK, write_mappings), (FIELDS, write_facts))
    return [load(examples, examples.path, write, progress) for examples, write in written]


def load(examples, path, write, progress=quiet):
    """Load one table as a demonstration of its source; returns an `Outcome`."""
    edition = loading.Edition(
        source=examples.source,
        edition=f"{examples.edition}, {ONLY}",
        effective_on=examples.effective_on,
        ends_on=examples.ends_on,
        source_file=path.name,
        files=(path,),
        notice=examples.notice,
        is_demonstration=True,
    )
    return loading.load(edition, lambda: rows(path, examples.columns), write, progress)


def rows(path, columns):
    """The lines of a table as dictionaries; raises `Refused` with the line that is wrong."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != columns:
            raise Refused(f"{path.name}: its first line must be {','.join(columns)}.")
        found = []
        for row in reader:
            if None in row or None in row.values():
                raise Refused(f"{path.name}, line {reader.line_num}: it has not {len(columns)} fields.")
            found.append(row)
    return found


def write_policies(this, found):
    """Put the examples of policies in: lines of one number are groups of one policy."""
    this.expect(len(found), 1, 500, "lines")
    by_number = defaultdict(list)
    for row in found:
        by_number[row["kind"], row["number"]].append(row)
    for kind in mcd.KINDS:
        documents = [document(lines) for (of, _), lines in by_number.items() if of == kind]
        mcd.store(this.release, kind, documents)
    this.release.row_count = this.release.added = len(by_number)


def document(lines):
    """A policy without days and places, with its groups."""
    first = lines[0]
    return mcd.Document(
        number=first["number"],
        document=None,
        version=None,
        title=first["title"],
        status="",
        effective_on=None,
        ends_on=None,
        groups={
            (row["group_kind"], int(row["group"])): [
                row["paragraph"],
                list(map(normal, row["codes"].split())),
            ]
            for row in lines
        },
    )


def write_mappings(this, found):
    """Put lines of mappings in."""
    this.expect(len(found), 1, 2_000, "lines")
    columns = ("from", "to", "code", "mapped")
    this.merge(
        EXAMPLES,
        [
            (*(row[name] for name in columns), int(row["scenario"]), int(row["choice"]), *flags(row))
            for row in found
        ],
        is_main=True,
    )


def flags(row):
    """Whether a line is approximate, and whether it belongs to a combination."""
    return YES[row["approximate"]], YES[row["combination"]]


def write_facts(this, found):
    """Put fields of HCPCS codes in, without words."""
    this.expect(len(found), 1, 500, "lines")
    several = {field.name for field in hcpcs_records.FIELDS if field.times > 1}
    HcpcsFact.objects.bulk_create(
        HcpcsFact(
            release=this.release,
            position=at,
            is_modifier=False,
            lines=[],
            **{name: text.split() if name in several else text for name, text in row.items()},
        )
        for at, row in enumerate(found, 1)
    )
    this.release.row_count = this.release.added = len(found)
