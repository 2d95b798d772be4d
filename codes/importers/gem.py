"""General equivalence mappings between ICD-9-CM and ICD-10-CM or -PCS, both ways. The last edition was FY2018."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codes.importers import files, loading
from codes.importers.loading import Refused
from codes.importers.merging import Table
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import Equivalence

SOURCE = "gem"
NOTICE = "General equivalence mapping, {}. CMS and NCHS; public domain."
FILE = r"gem[^/]*\.txt$"
NAMED = re.compile(r"20\d\d")
LINE = re.compile(r"([0-9A-Za-z]{3,7}) +([0-9A-Za-z]{3,7}) +([01])([01])([01])(\d)(\d) *")
NO_MAP = re.compile(r"NO(DX|PCS|PX|I9)")
NAMES = Equivalence.System
SHAPES = {
    NAMES.ICD9_DIAGNOSES: re.compile(r"\d{3,5}|V\d{2,4}|E\d{3,4}"),
    NAMES.ICD9_PROCEDURES: re.compile(r"\d{3,4}"),
    NAMES.ICD10_DIAGNOSES: re.compile(r"[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}"),
    NAMES.ICD10_PROCEDURES: re.compile(r"[0-9A-HJ-NP-Z]{7}"),
}
DIRECTIONS = (  # from, to, least and most lines that editions had
    (NAMES.ICD9_DIAGNOSES, NAMES.ICD10_DIAGNOSES, 20_000, 30_000),
    (NAMES.ICD10_DIAGNOSES, NAMES.ICD9_DIAGNOSES, 65_000, 95_000),
    (NAMES.ICD9_PROCEDURES, NAMES.ICD10_PROCEDURES, 50_000, 100_000),
    (NAMES.ICD10_PROCEDURES, NAMES.ICD9_PROCEDURES, 60_000, 100_000),
)
KEY = ("code", "mapped", "scenario", "choice")


@dataclass
class Mapping:
    """A file: which way it leads, how many lines such files had, and its rows in the order of `table(…).columns`."""

    origin: str
    target: str
    least: int
    most: int
    rows: list


def load(path, asked, progress=quiet):
    """Load one file, or every mapping in a zip; returns the outcomes, the largest last."""
    path = Path(path)
    found = [name for name in files.names(path) if re.search(FILE, name, re.IGNORECASE)]
    if len(found) < 2:
        return [load_one(path, FILE, asked, progress)]
    made = [load_one(path, f"^{re.escape(name)}$", asked, progress) for name in found]
    return sorted(made, key=lambda outcome: outcome.release.row_count)


def load_one(path, pattern, asked, progress):
    """Load one file of a path."""
    name, text = files.text_of(path, pattern, "ascii")
    mapping = read(name, text)
    return loading.load(
        edition_of(name, path, mapping, asked),
        lambda: mapping,
        write,
        progress,
    )


def edition_of(name, path, mapping, asked):
    """The `Edition` by what was asked for, else by the year in the name: it began on 1 October of the year before."""
    year = NAMED.search(name) or NAMED.search(path.name)
    if not year and not (asked.edition and asked.effective_on):
        raise Refused(
            f"{name} does not say which edition it is: give --edition and --effective, such as --edition FY2018 "
            "--effective 2017-10-01."
        )
    edition = asked.edition or f"FY{year[0]}"
    first = asked.effective_on or date(int(year[0]) - 1, 10, 1)
    way = f"{NAMES(mapping.origin).label} to {NAMES(mapping.target).label}"
    return loading.Edition(
        source=SOURCE,
        edition=f"{edition}, {way}",
        effective_on=first,
        ends_on=asked.ends_on or date(first.year + (first.month >= 10), 9, 30),
        source_file=name,
        files=(path,),
        notice=NOTICE.format(f"{edition}, {way}"),
    )


def read(name, text):
    """The `Mapping` in a file; raises `Refused` with line and column."""
    lines = [
        (number, line_of(name, number, line))
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    origin, target, least, most = direction(name, [found for _, found in lines])
    rows = [row(name, number, found, origin, target) for number, found in lines]
    refuse_twice(name, lines, rows)
    return Mapping(origin, target, least, most, rows)


def line_of(name, number, line):
    """The two codes and five flags of a line."""
    found = LINE.fullmatch(line)
    if not found:
        raise Refused(
            f"{files.where(name, number, 1)}: two codes and five digits were expected, as in “E119    25000 10000”; "
            f"this is “{line[:30]}”."
        )
    code, mapped, *flags = found.groups()  # some codes are printed in small letters
    return code.upper(), mapped.upper(), *flags


def direction(name, lines):
    """Which of `DIRECTIONS` a file goes, by the shape of nearly all its codes."""
    if not lines:
        raise Refused(f"{name} has no line of two codes and five flags.")
    for one in DIRECTIONS:
        fitting = Counter(
            bool(SHAPES[one[0]].fullmatch(code)) and is_target(SHAPES[one[1]], mapped)
            for code, mapped, *_ in lines
        )
        if fitting[True] > 0.95 * len(lines):
            return one
    raise Refused(f"{name}: its codes are not of ICD-9-CM and ICD-10; the mapping’s way cannot be told.")


def is_target(shape, mapped):
    """Whether a target is a code of the system, or says that there is none."""
    return bool(shape.fullmatch(mapped) or NO_MAP.fullmatch(mapped))


def row(name, number, found, origin, target):
    """A row of the table from the parts of a line."""
    code, mapped, approximate, no_map, combination, scenario, choice = found
    for column, system, text in ((1, origin, code), (9, target, mapped)):
        if not SHAPES[system].fullmatch(text) and not (no_map == "1" and NO_MAP.fullmatch(text)):
            raise Refused(
                f"{files.where(name, number, column)}: “{text}” is no code of {NAMES(system).label}."
            )
    if (no_map == "1") != bool(NO_MAP.fullmatch(mapped)):
        raise Refused(f"{files.where(name, number, 16)}: the flag for “no map” and the target disagree.")
    is_mapped = no_map == "0"
    return (
        code,
        mapped if is_mapped else "",
        int(scenario),
        int(choice),
        approximate == "1",
        combination == "1",
        origin,
        target,
    )


def refuse_twice(name, lines, rows):
    """Refuse a line that stands twice."""
    seen = set()
    for (number, _), one in zip(lines, rows, strict=True):
        if one[:4] in seen:
            raise Refused(f"{files.where(name, number, 1)}: this line stands in the file twice.")
        seen.add(one[:4])


def table(origin, target):
    """The table of one way: only its rows are compared and replaced."""
    return Table(
        Equivalence,
        KEY,
        ("is_approximate", "is_combination", "origin", "target"),
        by_code=False,
        where=f"t.origin = '{origin}' AND t.target = '{target}'",
        closes=True,
    )


def write(this, mapping):
    """Put a mapping in."""
    way = f"lines from {NAMES(mapping.origin).label} to {NAMES(mapping.target).label}"
    this.expect(len(mapping.rows), mapping.least, mapping.most, way)
    this.progress(0.3, "mappings")
    this.merge(table(mapping.origin, mapping.target), mapping.rows, is_main=True)


SOURCES = [
    Source(
        SOURCE,
        "General equivalence mappings (GEM), ICD-9-CM and ICD-10-CM or -PCS, both ways",
        "https://www.cms.gov/medicare/coding-billing/icd-10-codes/icd-10-cm-icd-10-pcs-gem-archive",
        True,
        load,
    )
]
