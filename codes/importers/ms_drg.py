"""MS-DRG Table 5 of the inpatient final rule: groups with weights and lengths of stay."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from codes.importers import files, fiscal, loading, packages
from codes.importers.merging import DESCRIPTORS, TITLES, Table, Told
from codes.importers.placing import CodeRow
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import DrgWeight

SOURCE = "ms-drg"
FILE = r"table[ _-]?5\b.*\.txt$|drg_weights\.txt$"
NOTICE = "MS-DRG Table 5, {} final rule. Centers for Medicare & Medicaid Services; public domain."
FIRST_VERSION = 1983  # the fiscal year of version 0
LEAST, MOST = 700, 850  # groups since version 33
WEIGHTS = Table(
    DrgWeight,
    ("code_id",),
    ("mdc", "drg_type", "is_post_acute", "is_special_pay", "weight", "capped_weight", "gmlos", "amlos"),
    closes=True,
    told=Told(
        "MS-DRG weight",
        "(SELECT code FROM codes_code WHERE codes_code.id = t.code_id)",
        "'weight ' || COALESCE(t.capped_weight::text, '–') || ', GMLOS ' || COALESCE(t.gmlos::text, '–')",
    ),
)
# Major diagnostic categories; Table 5 leaves the column empty for the groups of all categories and for errors.
MDCS = {
    "PRE": "Pre-MDC: transplants, ECMO and tracheostomy",
    "01": "Diseases and Disorders of the Nervous System",
    "02": "Diseases and Disorders of the Eye",
    "03": "Diseases and Disorders of the Ear, Nose, Mouth and Throat",
    "04": "Diseases and Disorders of the Respiratory System",
    "05": "Diseases and Disorders of the Circulatory System",
    "06": "Diseases and Disorders of the Digestive System",
    "07": "Diseases and Disorders of the Hepatobiliary System and Pancreas",
    "08": "Diseases and Disorders of the Musculoskeletal System and Connective Tissue",
    "09": "Diseases and Disorders of the Skin, Subcutaneous Tissue and Breast",
    "10": "Endocrine, Nutritional and Metabolic Diseases and Disorders",
    "11": "Diseases and Disorders of the Kidney and Urinary Tract",
    "12": "Diseases and Disorders of the Male Reproductive System",
    "13": "Diseases and Disorders of the Female Reproductive System",
    "14": "Pregnancy, Childbirth and the Puerperium",
    "15": "Newborns and Other Neonates with Conditions Originating in the Perinatal Period",
    "16": "Diseases and Disorders of Blood, Blood Forming Organs and Immunologic Disorders",
    "17": "Myeloproliferative Diseases and Disorders, Poorly Differentiated Neoplasms",
    "18": "Infectious and Parasitic Diseases, Systemic or Unspecified Sites",
    "19": "Mental Diseases and Disorders",
    "20": "Alcohol/Drug Use and Alcohol/Drug Induced Organic Mental Disorders",
    "21": "Injuries, Poisonings and Toxic Effects of Drugs",
    "22": "Burns",
    "23": "Factors Influencing Health Status and Other Contacts with Health Services",
    "24": "Multiple Significant Trauma",
    "25": "Human Immunodeficiency Virus Infections",
    "ALL": "O.R. procedures unrelated to the principal diagnosis, in any MDC",
    "ERR": "Cases that cannot be grouped",
}
LABELS = {"PRE": "Pre-MDC", "ALL": "All MDCs", "ERR": "Errors"}
LOWER = {"a", "and", "as", "by", "for", "in", "of", "on", "or", "the", "to", "with", "without"}
AS_THEY_ARE = (
    "AICD AMA AMI and/or C.D.E. CAR CC CC/MCC CNS D&C ECMO G.I. GI HIV MCC MV O.R. PDX PTCA tPA URI UTI"
)
OTHERWISE = {word.upper(): word for word in AS_THEY_ARE.split()} | {word.upper(): word for word in LOWER}
NUMBER = r"(?:\d{1,3}(?:,\d{3})*|\d{1,4})?(?:\.\d{0,4})?"
# what each of the ten columns may hold
CELLS = tuple(
    map(
        re.compile,
        (
            r"\d{3}",
            "Yes|No|",
            "Yes|No|",
            r"\w{0,4}",
            r"SURG|MED|\**",
            ".{3,400}",
            NUMBER,
            NUMBER,
            NUMBER,
            NUMBER,
        ),
    )
)
WORD = re.compile(r"[A-Z0-9&.'/]+")
FY2026 = {
    "edition": "FY2026, v43",
    "effective_on": date(2025, 10, 1),
    "ends_on": date(2026, 9, 30),
    "notice": NOTICE.format("FY2026"),
}


class Group(NamedTuple):
    """A line of Table 5; weights and days are exact decimals, None where it prints a dot."""

    drg: str
    is_post_acute: bool
    is_special_pay: bool
    mdc: str
    drg_type: str
    title: str
    weight: Decimal | None
    capped_weight: Decimal | None
    gmlos: Decimal | None
    amlos: Decimal | None


def load_published(path, asked, progress=quiet):
    """Load CMS's Table 5, plain or in its zip, as `import_release` has it."""
    name, text = files.text_of(path, FILE, "cp1252")
    about = fiscal.about(asked, name, path.name, text[:400])
    year = fiscal.year_of(about["effective_on"])
    about["edition"] = asked.edition or f"FY{year}, v{year - FIRST_VERSION}"
    return load(path, progress, path.name, notice=NOTICE.format(f"FY{year}"), **about)


def load_packaged(progress=quiet):
    """Load the edition that the pinned package `drg` carries."""
    path = packages.file("drg", "data/cms/drg_weights.txt")
    return load(path, progress, f"{path.name} of the package drg", **FY2026)


def load(path, progress=quiet, source_file="", **about):
    """Load Table 5: `about` is the edition (`edition`, `effective_on`, `ends_on`, `notice`)."""
    source_file = source_file or Path(path).name
    edition = loading.Edition(
        source=SOURCE, code_set="ms-drg", source_file=source_file, files=(path,), **about
    )
    return loading.load(edition, lambda: read(path), write, progress)


def read(path):
    """The groups of Table 5, tab separated, in its order; lines that do not begin with a group's number are skipped."""
    name, text = files.text_of(path, FILE, "cp1252")
    reader, groups = csv.reader(io.StringIO(text), delimiter="\t"), {}
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not re.fullmatch(r"\d{3}", cells[0] if cells else ""):
                continue
            if cells[0] in groups:
                raise loading.Refused(
                    f"{files.where(name, reader.line_num)}: the group {cells[0]} stands twice."
                )
            groups[cells[0]] = group(cells, files.where(name, reader.line_num))
    except csv.Error as error:
        raise loading.Refused(f"{files.where(name, reader.line_num)}: {error}. {files.AGAIN}") from error
    return list(groups.values())


def group(cells, where):
    """A `Group` from the ten cells of a line; raises `Refused` with the column of a cell that it may not have."""
    if len(cells) < len(CELLS):
        raise loading.Refused(
            f"{where}: it has {len(cells)} columns, Table 5 has {len(CELLS)}. {files.AGAIN}"
        )
    for column, (cell, allowed) in enumerate(zip(cells, CELLS, strict=False), 1):
        if not allowed.fullmatch(cell):
            raise loading.Refused(f"{where}, column {column}: “{cell[:40]}” is not what Table 5 has there.")
    drg, post_acute, special_pay, mdc, drg_type, title, *numbers = cells[: len(CELLS)]
    return Group(
        drg,
        post_acute == "Yes",
        special_pay == "Yes",
        mdc,
        drg_type.replace("*", ""),
        in_title_case(title),
        *map(number, numbers),
    )


def number(text):
    """An exact decimal; None for an empty cell or a dot."""
    return Decimal(text.replace(",", "")) if text.strip(".") else None


def in_title_case(title):
    """Table 5's capitals as the definitions manual writes them: `DIABETES WITH MCC` is `Diabetes with MCC`."""
    return WORD.sub(lambda match: OTHERWISE.get(match.group()) or in_capitals(match.group()), title)


def in_capitals(words):
    """Each of the words between slashes with one capital."""
    return "/".join(word.capitalize() for word in words.split("/"))


def category(line):
    """The category that a group is listed under: its MDC, or ALL and ERR for those without one."""
    return line.mdc or ("ERR" if not line.drg_type else "ALL")


def write(this, groups):
    """Write categories, groups, titles and weights."""
    this.expect(len(groups), LEAST, MOST, "groups")
    if unknown := {category(line) for line in groups} - MDCS.keys():
        raise loading.Refused(
            f"Table 5 names the category {min(unknown)}, which is not known. See that it is Table 5."
        )
    this.codes(list(in_order(groups)))
    ranges = [
        (f"MDC-{mdc}", False, None, "", "", MDCS[mdc])
        for mdc in MDCS
        if any(category(g) == mdc for g in groups)
    ]
    this.merge(DESCRIPTORS, ranges + [(g.drg, True, None, "", "", g.title) for g in groups], is_main=True)
    this.merge(
        TITLES, [(g.drg, "title", g.title) for g in groups] + [(row[0], "title", row[-1]) for row in ranges]
    )
    this.merge(WEIGHTS, [weights(g) for g in groups])


def in_order(groups):
    """A `CodeRow` for each category with groups, followed by its groups."""
    for mdc in MDCS:
        inside = [line for line in groups if category(line) == mdc]
        if inside:
            yield CodeRow(f"MDC-{mdc}", "range", label=LABELS.get(mdc, f"MDC {mdc}"))
        for line in inside:
            yield CodeRow(line.drg, "code", f"MDC-{mdc}", (f"MDC-{mdc}",))


def weights(line):
    """The row of `WEIGHTS`."""
    return (
        line.drg,
        line.mdc,
        line.drg_type,
        line.is_post_acute,
        line.is_special_pay,
        line.weight,
        line.capped_weight,
        line.gmlos,
        line.amlos,
    )


SOURCES = [
    Source(
        SOURCE,
        "MS-DRG Table 5 of the inpatient final rule: groups, weights, lengths of stay",
        "https://www.cms.gov/medicare/payment/prospective-payment-systems/acute-inpatient-pps",
        True,
        load_published,
    )
]
