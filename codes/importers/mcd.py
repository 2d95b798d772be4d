"""The Medicare coverage database: NCDs, LCDs, and articles with the codes that they list in groups.

A download is kept as it is; a page asks the latest that answers for its day. Texts of policies are not kept.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from codes.importers import files, loading, mcd_tables
from codes.importers.loading import Refused
from codes.importers.mcd_tables import day, whole_number
from codes.importers.merging import copy
from codes.importers.placing import reserve
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import Policy, PolicyGroup, Release
from codes.spelling import normal

SOURCE = "mcd"
KINDS = {"ncd": "NCDs", "lcd": "LCDs", "article": "articles"}  # as the edition's name ends
COUNTS = {"ncd": (150, 2_000), "lcd": (300, 20_000), "article": (500, 40_000)}
NOTICE = "Medicare coverage database, {}. Centers for Medicare & Medicaid Services; public domain."
PROCEDURE, DIAGNOSIS = re.compile(r"[0-9A-Z]{5}"), re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")
NO_CODE = {"XX000"}
GROUPS = (  # kind, table of codes, its columns of code and group
    (PolicyGroup.Kind.PROCEDURES, "article_x_hcpc_code", "hcpc_code_id", "hcpc_code_group"),
    (PolicyGroup.Kind.COVERED, "article_x_icd10_covered", "icd10_code_id", "icd10_covered_group"),
    (PolicyGroup.Kind.NOT_COVERED, "article_x_icd10_noncovered", "icd10_code_id", "icd10_noncovered_group"),
)
# of the columns: number, version, as CMS calls it, title, status, first day, then every column that may end it
DOCUMENTS = {
    "ncd": (
        "NCD_id",
        "NCD_vrsn_num",
        "NCD_mnl_sect",
        "NCD_mnl_sect_title",
        "",
        "NCD_efctv_dt",
        "NCD_trmntn_dt",
    ),
    "lcd": (
        "lcd_id",
        "lcd_version",
        "display_id",
        "title",
        "status",
        "rev_eff_date",
        "rev_end_date",
        "date_retired",
    ),
    "article": (
        *("article_id", "article_version", "display_id", "title", "status", "article_eff_date"),
        *("article_end_date", "article_rev_end_date", "date_retired"),
    ),
}
CONTRACTOR = ("contractor_id", "contractor_type_id", "contractor_version")
LOOKUPS = {
    "contractor",
    "contractor_jurisdiction",
    "state_lookup",
    "lcd_x_contractor",
    "article_x_contractor",
}
RELATED = {  # table → (column, kind it names)
    "lcd": {
        "lcd_related_documents": [("r_article_id", "article")],
        "lcd_related_ncd_documents": [("r_ncd_id", "ncd")],
    },
    "article": {
        "article_related_documents": [("r_lcd_id", "lcd"), ("r_article_id", "article")],
        "article_related_ncd_documents": [("r_ncd_id", "ncd")],
    },
}


WANTED = (
    LOOKUPS
    | set(mcd_tables.MAIN.values())
    | {table for tables in RELATED.values() for table in tables}
    | {name for _, table, _, _ in GROUPS for name in (table, f"{table}_group")}
)
DETAILS = ("number", "document", "version", "title", "status", "effective_on", "ends_on")


@dataclass
class Document:
    """A version of a policy, with what other tables say of it."""

    number: str
    document: int
    version: int
    title: str
    status: str
    effective_on: object
    ends_on: object
    contractors: set = field(default_factory=set)
    states: set = field(default_factory=set)
    related: set = field(default_factory=set)
    groups: dict = field(default_factory=dict)


def load(path, asked, progress=quiet):
    """Load a download: NCDs, LCDs or articles, or all of them; returns an outcome for each, articles last."""
    path = Path(path)
    if not asked.effective_on:
        raise Refused(
            f"{path.name} does not say of which day it is: give --effective with the day of the download, "
            "such as --effective 2026-11-20."
        )
    if not path.is_file():
        raise Refused(f"{path.name} is no zip of the Medicare coverage database.")
    bundles = mcd_tables.bundles(path, WANTED)
    return [
        loading.load(
            edition_of(path, asked, kind),
            lambda kind=kind: read(bundles[kind], kind),
            lambda this, found, kind=kind: write(this, found, kind),
            progress,
        )
        for kind in KINDS
        if kind in bundles
    ]


def edition_of(path, asked, kind):
    """The `Edition` of one kind in a download."""
    edition = f"{asked.edition or asked.effective_on}, {KINDS[kind]}"
    return loading.Edition(
        source=SOURCE,
        edition=edition,
        effective_on=asked.effective_on,
        ends_on=asked.ends_on,
        source_file=path.name,
        files=(path,),
        notice=NOTICE.format(edition),
    )


def read(bundle, kind):
    """The `Document`s of one kind; raises `Refused` with table, line and column."""
    found = {}
    columns = [column for column in DOCUMENTS[kind] if column]
    for line, cells in bundle.rows(mcd_tables.MAIN[kind], columns):
        one = document(kind, cells, files.where(f"{mcd_tables.MAIN[kind]}.csv", line))
        found[one.document, one.version] = one
    if kind != "ncd":
        add_contractors(found, bundle, kind)
        add_related(found, bundle, kind)
    if kind == "article":
        add_groups(found, bundle)
    return list(found.values())


def document(kind, cells, place):
    """A `Document` from the cells of its line."""
    if kind == "ncd":
        cells = [*cells[:4], "", *cells[4:]]
    number, version, called, title, status, first, *ends = cells
    last = [found for text in ends if (found := day(text, place))]
    key = whole_number(number, place)
    return Document(
        number=(called or f"{kind[0].upper()}{key}")[:20],
        document=key,
        version=whole_number(version, place),
        title=mcd_tables.plain(title).replace("\n", " ")[:400],
        status=status[:1].upper(),
        effective_on=day(first, place),
        ends_on=min(last, default=None),
    )


def add_contractors(found, bundle, kind):
    """Whose policy it is, and where: MACs by name, states by their letters."""
    names = {
        tuple(key): name
        for _, (*key, name) in bundle.rows("contractor", [*CONTRACTOR, "contractor_bus_name"])
    }
    letters = dict(row for _, row in bundle.rows("state_lookup", ["state_id", "state_abbrev"]))
    states = defaultdict(set)
    for _, (*key, state) in bundle.rows("contractor_jurisdiction", [*CONTRACTOR, "state_id"]):
        states[tuple(key)].add(letters.get(state, ""))
    for one, key, _ in owned(found, bundle, f"{kind}_x_contractor", kind, CONTRACTOR):
        one.contractors.add(names.get(tuple(key), "")[:200])
        one.states |= states[tuple(key)]


def owned(found, bundle, table, kind, columns, is_required=True):
    """Yield (document, cells, place) for the lines of a table that belong to a version at hand."""
    for line, (number, version, *cells) in bundle.rows(
        table, [f"{kind}_id", f"{kind}_version", *columns], is_required
    ):
        place = files.where(f"{table}.csv", line)
        one = found.get((whole_number(number, place), whole_number(version, place)))
        if one is not None:
            yield one, cells, place


def add_related(found, bundle, kind):
    """The policies that a document names, as `lcd:33718`."""
    for table, named in RELATED[kind].items():
        columns = [column for column, _ in named]
        for one, cells, _ in owned(found, bundle, table, kind, columns, is_required=False):
            for number, (_, target) in zip(cells, named, strict=True):
                if number.isdigit() and int(number):
                    one.related.add(f"{target}:{int(number)}")


def add_groups(found, bundle):
    """The codes of each group with its paragraph; descriptors of the codes are not read."""
    for kind, table, code_column, group_column in GROUPS:
        shape = PROCEDURE if kind == PolicyGroup.Kind.PROCEDURES else DIAGNOSIS
        for one, (code, group), place in owned(found, bundle, table, "article", [code_column, group_column]):
            stored = normal(code)
            if shape.fullmatch(stored) and stored not in NO_CODE:
                one.groups.setdefault((kind, whole_number(group, place)), ["", []])[1].append(stored)
        columns = [group_column, "paragraph"]
        for one, (group, paragraph), place in owned(
            found, bundle, f"{table}_group", "article", columns, False
        ):
            key = (kind, whole_number(group, place))
            if key in one.groups:
                one.groups[key][0] = mcd_tables.plain(paragraph)


def write(this, documents, kind):
    """Put the documents of one kind in; those of a download that this one replaces go."""
    this.expect(len(documents), *COUNTS[kind], KINDS[kind])
    Policy.objects.filter(release__in=this.replaced).delete()
    store(this.release, kind, documents)
    this.touched |= {Policy._meta.db_table}
    this.release.row_count = len(documents)
    count(this, kind, documents)


def store(release, kind, documents):
    """COPY policies and their groups."""
    with connection.cursor() as cursor:
        keys = reserve(cursor, Policy, len(documents))
        columns = ["id", "release_id", "kind", *DETAILS]
        rows = (
            [key, release.pk, kind, *(getattr(one, name) for name in DETAILS), *places(one)]
            for key, one in zip(keys, documents, strict=True)
        )
        copy(cursor, Policy._meta.db_table, [*columns, "contractors", "states", "related"], rows)
        groups = (
            [key, group_kind, number, paragraph, sorted(set(codes))]
            for key, one in zip(keys, documents, strict=True)
            for (group_kind, number), (paragraph, codes) in one.groups.items()
        )
        columns = ["policy_id", "kind", "number", "paragraph", "codes"]
        copy(cursor, PolicyGroup._meta.db_table, columns, groups)


def places(one):
    """MACs, states and related policies as sorted lists."""
    return [sorted(filter(None, each)) for each in (one.contractors, one.states, one.related)]


def count(this, kind, documents):
    """Count against the download of this kind before it: documents added, in a new version, gone."""
    before = Release.objects.current().filter(
        source=SOURCE, edition__endswith=f", {KINDS[kind]}", effective_on__lt=this.edition.effective_on
    )
    new = {one.document: one.version for one in documents}
    last = before.first()
    old = dict(Policy.objects.filter(release=last).values_list("document", "version")) if last else {}
    this.release.added = len(new.keys() - old.keys())
    this.release.changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
    this.release.ended = len(old.keys() - new.keys())


SOURCES = [
    Source(
        SOURCE,
        "Medicare coverage database: NCDs, LCDs, articles with their codes",
        "https://www.cms.gov/medicare-coverage-database/downloads/downloads.aspx",
        False,
        load,
    )
]
