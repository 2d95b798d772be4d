"""ICD-10-CM as CMS's order file has it: codes and headers with short and long titles, without chapters and notes.

The hierarchy above the categories comes from the tabular list, where one is loaded.
"""

from codes.importers import fiscal, headings, loading, order_files
from codes.importers.merging import CODE_TITLES, CODES
from codes.importers.placing import CodeRow
from codes.importers.sources import Source

SOURCE = "icd10cm-order"
FILE = r"icd10cm[-_]order[-_](?!addenda).*\.txt$"
LEAST, MOST = 88_000, 115_000  # lines in the editions of FY2016 to FY2026
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTVWXYZ")  # U came with FY2020
NOTICE = "ICD-10-CM {}, order file. Centers for Medicare & Medicaid Services and NCHS; ICD-10 by permission of WHO."


def load(path, asked, progress=loading.quiet):
    """Load an order file, plain or zipped."""
    name, lines = order_files.read(path, FILE)
    about = fiscal.about(asked, name, path.name)
    edition = loading.Edition(
        source=SOURCE,
        code_set="icd-10-cm",
        source_file=path.name,
        files=(path,),
        notice=NOTICE.format(about["edition"]),
        **about,
    )
    return loading.load(edition, lambda: lines, write, progress)


def write(this, lines):
    """Put an order file in."""
    this.expect(len(lines), LEAST, MOST, "codes")
    refuse_incomplete(this.edition.source_file, lines)
    this.progress(0.15, "codes")
    headings.let_go(this.code_set)
    this.codes(list(in_order(lines, headings.places(this.code_set))))
    this.progress(0.4, "titles")
    this.merge(
        CODES, [(line.code, line.is_valid, None, line.short, "", line.long) for line in lines], is_main=True
    )
    this.progress(0.7, "words for the search")
    this.merge(CODE_TITLES, [(line.code, "title", line.long) for line in lines])
    headings.reach_back(this.code_set, this.release)


def refuse_incomplete(name, lines):
    """Refuse a file that lacks all codes of a letter: it was cut short."""
    if missing := LETTERS - {line.code[0] for line in lines}:
        raise loading.Refused(
            f"{name} has no code that begins with {min(missing)}: it is not the whole order file."
        )


def in_order(lines, places):
    """A `CodeRow` for each line: under the header its code begins with, a category where the tabular list has it."""
    open_codes = []
    for line in lines:
        while open_codes and not line.code.startswith(open_codes[-1][0]):
            open_codes.pop()
        path = (*open_codes[-1][1], open_codes[-1][0]) if open_codes else places.above(line.code)
        yield CodeRow(line.code, "code", path[-1] if path else "", path)
        open_codes.append((line.code, path))


SOURCES = [
    Source(
        SOURCE,
        "ICD-10-CM order file: codes with short and long titles",
        "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
        True,
        load,
    )
]
