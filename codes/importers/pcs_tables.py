"""The ICD-10-PCS tables as CMS's XML, with the file of definitions: what each character is called and means."""

from dataclasses import dataclass, field
from math import prod

from codes.importers import files, fiscal, loading, xml_files
from codes.importers.merging import Table
from codes.importers.sources import Source
from codes.importers.tabular_notes import words
from codes.models import PcsDefinition, PcsValue
from codes.models.pcs import OFFICIAL

SOURCE = OFFICIAL
TABLES, DEFINITIONS = r"pcs[-_]tables.*\.xml$", r"pcs[-_]definitions.*\.xml$"
EXPECTED_TABLES, EXPECTED_CODES = (
    (600, 1_300),
    (65_000, 95_000),
)  # FY2024 to FY2026: some 900 tables, 79,000 codes
NOTICE = "ICD-10-PCS tables, {}. Centers for Medicare & Medicaid Services; public domain."
VALUES = Table(PcsValue, ("prefix", "position", "character"), ("label",), by_code=False, closes=True)
MEANINGS = Table(
    PcsDefinition,
    ("section", "position", "title"),
    ("text", "explanation", "includes"),
    by_code=False,
    closes=True,
)
POSITIONS = frozenset("1234567")


@dataclass
class Tables:
    """Label by (table, position, character), how many codes they make, and rows of `MEANINGS`."""

    labels: dict = field(default_factory=dict)
    code_count: int = 0
    meanings: list = field(default_factory=list)

    @property
    def tables(self):
        """The three characters of each table."""
        return {table for table, _, _ in self.labels}


def load(path, asked, progress=loading.quiet):
    """Load the tables: CMS's zip with its definitions, or the plain file of tables."""
    name, root = xml_files.root_of(path, TABLES)
    about = fiscal.about(asked, name, path.name, words(root.find("version")))
    edition = loading.Edition(
        source=SOURCE,
        source_file=path.name,
        files=(path,),
        notice=NOTICE.format(about["edition"]),
        **about,
    )
    return loading.load(edition, lambda: read(path), write, progress)


def read(path):
    """The `Tables` of a file or zip; raises `Refused` with the table that is wrong."""
    name, root = xml_files.root_of(path, TABLES)
    found = Tables()
    for table in root.iter("pcsTable"):
        take_table(table, found, name)
    if any("definitions" in each.lower() and each.lower().endswith(".xml") for each in files.names(path)):
        found.meanings = meanings_of(*xml_files.root_of(path, DEFINITIONS))
    return found


def take_table(table, found, name):
    """One table: its first three characters, then a row for each set of codes."""
    above = [one_label(axis, name) for axis in table.findall("axis")]
    if [position for position, _, _ in above] != [1, 2, 3]:
        raise loading.Refused(f"{name}: a table does not begin with its section, body system and operation.")
    code = "".join(character for _, character, _ in above)
    for position, character, label in above:
        found.labels[code, position, character] = label
    for row in table.findall("pcsRow"):
        axes = [labels_of(axis, f"{name}: table {code}") for axis in row.findall("axis")]
        count = prod(map(len, axes))
        if len(axes) != 4 or (row.get("codes") or str(count)) != str(count):
            raise loading.Refused(
                f"{name}: a row of table {code} makes {count} codes, not {row.get('codes')}."
            )
        found.code_count += count
        for position, character, label in (each for axis in axes for each in axis):
            found.labels.setdefault((code, position, character), label)


def one_label(axis, name):
    """The (position, character, label) of an axis that has one."""
    labels = labels_of(axis, name)
    if len(labels) != 1:
        raise loading.Refused(f"{name}: an axis above the rows has {len(labels)} labels instead of one.")
    return labels[0]


def labels_of(axis, where):
    """(position, character, label) for each label of an axis."""
    position = axis.get("pos", "")
    labels = [(label.get("code", ""), words(label)) for label in axis.findall("label")]
    wrong = [code for code, text in labels if len(code) != 1 or not 0 < len(text) <= 200]
    if position not in POSITIONS or wrong or not labels:
        raise loading.Refused(
            f"{where}: the axis at position “{position}” has a label without its character or text."
        )
    return [(int(position), character, label) for character, label in labels]


def meanings_of(name, root):
    """Rows of `MEANINGS` of the file of definitions."""
    rows = {}
    for section in root.findall("section"):
        for axis in section.findall("axis"):
            for term in axis.findall("terms"):
                key = (section.get("code", ""), axis.get("pos", ""), words(term.find("title")))
                if len(key[0]) != 1 or key[1] not in POSITIONS or not 0 < len(key[2]) <= 200:
                    raise loading.Refused(f"{name}: a term of section “{key[0]}” lacks its place or title.")
                rows[key[0], int(key[1]), key[2]] = told(term)
    return [(*key, *texts) for key, texts in rows.items()]


def told(term):
    """Definition, explanation, and the terms that it includes, one a line."""
    includes = "\n".join(words(each) for each in term.findall("includes"))
    return words(term.find("definition")), words(term.find("explanation")), includes


def write(this, rows):
    """Put the tables in."""
    this.expect(len(rows.tables), *EXPECTED_TABLES, "tables")
    this.expect(rows.code_count, *EXPECTED_CODES, "codes")
    this.merge(VALUES, [(*key, label) for key, label in rows.labels.items()], is_main=True)
    this.merge(MEANINGS, rows.meanings)


SOURCES = [
    Source(
        SOURCE,
        "ICD-10-PCS tables with their definitions (XML)",
        "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
        False,
        load,
    )
]
