"""The alphabetic index of ICD-10-CM with its tables of drugs and neoplasms and its external causes, as NCHS's XML."""

import re
from dataclasses import dataclass, field, replace

from django.db import connection

from codes.importers import files, fiscal, loading, xml_files
from codes.importers.merging import INCLUSION_TERMS, Table
from codes.importers.sources import Source
from codes.importers.tabular_notes import words
from codes.models import IndexEntry
from codes.note_text import undotted

SOURCE = "icd10cm-index"
NOTICE = "ICD-10-CM alphabetic index, {}. National Center for Health Statistics and CMS; ICD-10 by permission of WHO."
Part = IndexEntry.Part
FILES = {
    Part.DISEASES: r"(?<![a-z])index.*\.xml$",
    Part.EXTERNAL: r"e[-_]?index.*\.xml$",
    Part.NEOPLASM: r"neoplasm.*\.xml$",
    Part.DRUG: r"drug(?!_neoplasm).*\.xml$",
}
EXPECTED = {  # entries that lead to a code; FY2017 has 62,000, 6,200, 9,000 and 40,000
    Part.DISEASES: (40_000, 120_000),
    Part.EXTERNAL: (3_500, 15_000),
    Part.NEOPLASM: (5_000, 20_000),
    Part.DRUG: (25_000, 80_000),
}
CODE = re.compile(r"([A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.[0-9A-Z]{1,4})?)(\.?-)?")
ENTRIES = Table(IndexEntry, ("diagnosis", "path"), ("part", "is_stem"), by_code=False, closes=True)
TERMS = replace(INCLUSION_TERMS, where="t.source = 'index'")
FOUND = """
SELECT DISTINCT code.code, 'index', entry.path
FROM codes_indexentry AS entry
JOIN codes_code AS code ON code.code_set_id = %(code_set)s AND code.code = entry.diagnosis
JOIN codes_release AS release ON release.id = entry.release_id
WHERE release.source = %(source)s AND entry.effective_on <= %(on)s
    AND (entry.terminated_on IS NULL OR entry.terminated_on >= %(on)s)
"""


@dataclass
class Lines:
    """The lines of one part: rows of `ENTRIES`, codes by plain path, and what is to be looked up elsewhere."""

    part: Part
    heads: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    codes: dict = field(default_factory=dict)
    references: list = field(default_factory=list)


def load(path, asked, progress=loading.quiet):
    """Load the index: NCHS's zip with all four parts, or one part as a plain file."""
    parts, names = read(path)
    about = fiscal.about(asked, *names, path.name)
    edition = loading.Edition(
        source=SOURCE,
        source_file=path.name,
        files=(path,),
        notice=NOTICE.format(about["edition"]),
        **about,
    )
    return loading.load(edition, lambda: parts, write, progress)


def read(path):
    """({part: rows of `ENTRIES`}, names of the files); raises `Refused` with line and column."""
    if len(files.names(path)) == 1 and files.names(path)[0] == path.name:
        name, root = xml_files.root_of(path, ".")
        part = part_of(root, name)
        return {part: rows_of(root, part, name)}, [name]
    roots = {part: xml_files.root_of(path, pattern) for part, pattern in FILES.items()}
    parts = {part: rows_of(root, part, name) for part, (name, root) in roots.items()}
    return parts, [name for name, _ in roots.values()]


def part_of(root, name):
    """Which part a file is, by its heading."""
    heading = words(root.find("title")) or words(root.find("indexHeading"))
    for part, word in (
        (Part.EXTERNAL, "External Cause"),
        (Part.DISEASES, "INDEX TO DISEASES"),
        (Part.DRUG, "Substance"),
        (Part.NEOPLASM, "Neoplasm"),
    ):
        if word.lower() in heading.lower():
            return part
    raise loading.Refused(f"{name} is no part of the alphabetic index: its heading is “{heading[:60]}”.")


def rows_of(root, part, name):
    """Rows of `ENTRIES` in the order of the index, those that “see” another line with that line's code."""
    heads = {each.get("col"): words(each) for each in root.iterfind("indexHeading/head")}
    lines = Lines(part, heads)
    for main in root.iterfind("letter/mainTerm"):
        walk(main, lines, (), (), name)
    for path, target in lines.references:
        if target.lower() in lines.codes:
            lines.rows.append((lines.codes[target.lower()], f"{path} (see {target})", part, False))
    return list({row[:2]: row for row in lines.rows}.values())


def walk(term, lines, above, plain_above, name):
    """A term with all below it."""
    title = term.find("title")
    if title is None or not words(title):
        raise loading.Refused(
            f"{name}: a term under “{', '.join(above) or 'a letter'}” has no title. {files.AGAIN}"
        )
    path = (*above, with_modifiers(title))
    plain = (*plain_above, " ".join((title.text or "").split()))
    told = ", ".join(path)[:480]
    for code, is_stem, remark in codes_of(term, lines.heads, told, name):
        lines.rows.append((code, f"{told}{remark}", lines.part, is_stem))
        if not remark:
            lines.codes.setdefault(", ".join(plain).lower(), code)
    lines.references += [(told, words(see)[:200]) for see in term.iterfind("see") if words(see)]
    for below in term.iterfind("term"):
        walk(below, lines, path, plain, name)


def with_modifiers(title):
    """A title with its nonessential modifiers set apart: `Diabetes, diabetic (mellitus) (sugar)`."""
    parts = [title.text or ""]
    for child in title:
        parts += [" ".join(child.itertext()), child.tail or ""]
    return " ".join(" ".join(parts).split())


def codes_of(term, heads, told, name):
    """(code, whether to choose below it, remark behind the path) for each code that stands right at a term."""
    for child in term:
        text = words(child)
        if child.tag == "cell" and text.strip("-"):
            yield *coded(text, told, name), f": {heads.get(child.get('col'), 'column')}"
        elif child.tag == "code" and text:
            yield *coded(text, told, name), ""
        elif child.tag == "manif" and CODE.fullmatch(text):
            yield *coded(text, told, name), f" [beside {words(term.find('code')) or 'the code named'}]"
        elif child.tag in ("subcat", "seecat") and CODE.fullmatch(text):
            yield *coded(text, told, name), ""


def coded(text, told, name):
    """(code undotted, whether it is printed with a dash)."""
    found = CODE.fullmatch(text)
    if not found:
        raise loading.Refused(f"{name}: “{text[:40]}” at “{told[:80]}” is no ICD-10-CM code.")
    return undotted(found[1]), bool(found[2])


def write(this, parts):
    """Put the parts in, and their words into the search."""
    counts = [put(this, part, rows) for part, rows in parts.items()]
    release = this.release
    release.row_count, release.added, release.changed, release.ended = map(sum, zip(*counts, strict=True))
    this.progress(0.6, "words for the search")
    code_set = this.know_codes("icd-10-cm")
    with connection.cursor() as cursor:
        values = {"code_set": code_set.pk, "source": SOURCE, "on": this.edition.effective_on}
        cursor.execute(FOUND, values)
        terms = cursor.fetchall()
    this.merge(TERMS, terms)


def put(this, part, rows):
    """Put one part in; returns how many rows it has, and how many were added, changed and ended."""
    this.expect(len(rows), *EXPECTED[part], f"entries of the {Part(part).label.lower()}")
    this.progress(0.3, part)
    this.merge(replace(ENTRIES, where=f"t.part = '{part}'"), rows, is_main=True)
    return this.release.row_count, this.release.added, this.release.changed, this.release.ended


SOURCES = [
    Source(
        SOURCE,
        "ICD-10-CM alphabetic index, external causes, tables of drugs and neoplasms (XML)",
        "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
        True,
        load,
    )
]
