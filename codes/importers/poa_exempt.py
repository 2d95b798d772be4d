"""Diagnoses exempt from “present on admission”: CMS's list of a fiscal year."""

import re

from codes.importers import files, fiscal, loading
from codes.importers.merging import Table, Told
from codes.importers.sources import Source
from codes.models import PoaExemption
from codes.note_text import undotted

SOURCE = "icd10cm-poa-exempt"
FILE = r"POA ?exempt ?Codes.*\.txt$"
LEAST, MOST = 25_000, 50_000  # lines in the lists of FY2016 to FY2026
NOTICE = "List of codes exempt from present-on-admission reporting, {}. CMS; public domain."
HEADING = "POAexemptCode"
LINE = re.compile(r"(\d{5})\t([A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.[0-9A-Z]{1,4})?)\t(\S.*)")
EXEMPTIONS = Table(
    PoaExemption, ("diagnosis",), (), by_code=False, closes=True, told=Told("POA exemption", "t.diagnosis")
)


def load(path, asked, progress=loading.quiet):
    """Load the list, plain or in CMS's zip (the tab-delimited text)."""
    name, codes = read(path)
    about = fiscal.about(asked, name, path.name)
    edition = loading.Edition(
        source=SOURCE,
        source_file=path.name,
        files=(path,),
        notice=NOTICE.format(about["edition"]),
        **about,
    )
    return loading.load(edition, lambda: codes, write, progress)


def read(path):
    """(name, codes) of the list, undotted; raises `Refused` with line and column."""
    name, text = files.text_of(path, FILE, "cp1252")
    lines = text.split("\n")
    if HEADING not in lines[0]:
        raise loading.Refused(f"{files.where(name, 1)}: the heading {HEADING} was expected. {files.AGAIN}")
    if lines.pop():
        raise loading.Refused(
            f"{files.where(name, len(lines) + 1)}: the file ends within a line. {files.AGAIN}"
        )
    codes = {code_of(line, name, number): None for number, line in enumerate(lines[1:], 2)}
    if len(codes) < len(lines) - 1:
        raise loading.Refused(f"{name}: {len(lines) - 1 - len(codes)} codes stand twice. {files.AGAIN}")
    return name, list(codes)


def code_of(line, name, number):
    """The code of a line."""
    found = LINE.fullmatch(line)
    if not found:
        column = 7 if re.match(r"\d{5}\t", line) else 1
        raise loading.Refused(
            f"{files.where(name, number, column)}: an order number, a code and its title with tabs between them were "
            "expected."
        )
    return undotted(found[2])


def write(this, codes):
    """Put the list in."""
    this.expect(len(codes), LEAST, MOST, "codes")
    if not any(code.startswith("Z") for code in codes):
        raise loading.Refused(
            f"{this.edition.source_file} has no code that begins with Z: it is not the whole list."
        )
    this.merge(EXEMPTIONS, [(code,) for code in codes], is_main=True)


SOURCES = [
    Source(
        SOURCE,
        "ICD-10-CM codes exempt from present-on-admission reporting",
        "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
        True,
        load,
    )
]
