"""The parts of a crosswalk: each asks its own loaded edition, all of them in one query.

A further part is one more `Part` in `PARTS`: its SQL from `codes.models.links`, and what its template prints.
"""

from collections.abc import Callable
from dataclasses import dataclass

from codes.editions import Edition
from codes.models import links
from codes.names import address
from codes.spelling import dotted

GEM = "the general equivalence mappings"
ICD9 = {"icd-10-cm": "icd-9-cm", "icd-10-pcs": "icd-9-pcs"}
LABELS = {
    "icd-10-cm": "ICD-10-CM",
    "icd-10-pcs": "ICD-10-PCS",
    "icd-9-cm": "ICD-9-CM",
    "icd-9-pcs": "ICD-9-CM",
}
POLICY_PAGE = "https://www.cms.gov/medicare-coverage-database/view/{kind}.aspx?{kind}id={document}"
ROLES = {"covered": "Supports medical necessity", "noncovered": "Does not support medical necessity"}


@dataclass(frozen=True)
class Part:
    """One kind of link: `editions(of, code_set)` could answer it, `sql` asks it, `show(rows, subject)` makes it ready.

    `none` is the sentence for a loaded edition that has nothing on the code; an example edition says nothing then.
    """

    key: str
    heading: str
    code_sets: tuple
    file: str
    command: str
    template: str
    none: str
    editions: Callable
    sql: Callable
    show: Callable


def partial(editions, source, ending):
    """Editions of a source whose name ends so, or its examples."""
    return [
        each for each in editions.of_source(source) if each.label.endswith(ending) or each.is_demonstration
    ]


def to_icd9(editions, code_set):
    """The mappings from this code set to ICD-9-CM."""
    return partial(editions, "gem", f"{LABELS[code_set]} to {gem_name(code_set)}")


def from_icd9(editions, code_set):
    """The mappings from ICD-9-CM to this code set."""
    return partial(editions, "gem", f"{gem_name(code_set)} to {LABELS[code_set]}")


def gem_name(code_set):
    """What the editions of mappings call the ICD-9 side."""
    return "ICD-9-CM" if code_set == "icd-10-cm" else "ICD-9-CM procedures"


def mapped_lines(rows, subject):
    """Lines from the code of the page, with their flags in words."""
    return {
        "lines": [
            {"code": old_code(subject.code_set, row["mapped"]), "says": flags(row), "other": ""}
            for row in rows
        ]
    }


def mapping_lines(rows, subject):
    """Lines that lead to the code of the page."""
    return {"lines": [{"code": old_code(subject.code_set, row["code"]), "says": flags(row)} for row in rows]}


def old_code(code_set, code):
    """An ICD-9-CM code as it was printed: a dot after three characters, after four of an E code, after two of a
    procedure; `no equivalent` for none."""
    if not code:
        return ""
    at = 2 if code_set == "icd-10-pcs" else 4 if code.startswith("E") else 3
    return f"{code[:at]}.{code[at:]}" if len(code) > at else code


def flags(row):
    """A line's flags in words."""
    if not row["mapped"]:
        return "no equivalent"
    meaning = "approximate: near in meaning, not the same" if row["is_approximate"] else "the same meaning"
    if not row["is_combination"]:
        return meaning
    return f"{meaning}; only together with others: scenario {row['scenario']}, one code of its list {row['choice']}"


def references(rows, subject):
    """Where the code leads in CMS's file, and what leads to it."""
    own = next((row for row in rows if row["code"] == subject.code), None)
    return {
        "leads": [named(code, own["known"]) for code in own["named"]] if own else [],
        "led": [
            {"code": row["code"], "address": address("hcpcs", row["code"]), "ended": row["terminated_on"]}
            for row in rows
            if row is not own
        ],
    }


def named(code, known):
    """A code that CMS's file names, linked where it is loaded."""
    owner = next((each["code_set"] for each in known or [] if each["code"] == code), None)
    return {"code": code, "address": address(owner, code) if owner else ""}


def groups(rows, subject):
    """Groups of articles: which, what the paragraph says, and the codes on the other side."""
    return {
        "groups": [
            {
                "policy": policy(row),
                "role": ROLES[row["group"]],
                "number": row["group_number"],
                "paragraph": row["paragraph"] + (" …" if row["is_cut"] else ""),
                "codes": [other_side(subject, each) for each in row["codes"] or []],
                "more": row["total"] - len(row["codes"] or []) if subject.code_set != "icd-10-cm" else 0,
            }
            for row in rows
        ],
        "more": rows[0]["all"] - len(rows),
        "is_diagnosis": subject.code_set == "icd-10-cm",
    }


def policy(row):
    """A policy with the address of CMS's page; an example has none."""
    is_numbered = row["document"] is not None
    link = POLICY_PAGE.format(kind=row["kind"], document=row["document"]) if is_numbered else ""
    return {"number": row["number"], "title": row["title"], "address": link}


def other_side(subject, each):
    """A code beside the code of the page: a diagnosis with its title, or a procedure by its number."""
    if subject.code_set == "icd-10-cm":
        owner = each["code_set"]
        return {"code": each["code"], "title": "", "address": address(owner, each["code"]) if owner else ""}
    display = dotted("icd-10-cm", each["code"])
    link = address("icd-10-cm", display) if each["title"] else ""
    return {"code": display, "title": each["title"] or "", "address": link}


PARTS = [
    Part(
        "to_icd9",
        "To ICD-9-CM",
        ("icd-10-cm", "icd-10-pcs"),
        GEM,
        "import_release gem FILE",
        "codes/sections/_crosswalk_gem.html",
        "The mapping has no line for this code.",
        to_icd9,
        lambda code_set: links.equivalents("to_icd9", f"line.origin = '{code_set}' AND line.code = %(code)s"),
        mapped_lines,
    ),
    Part(
        "from_icd9",
        "From ICD-9-CM",
        ("icd-10-cm", "icd-10-pcs"),
        GEM,
        "import_release gem FILE",
        "codes/sections/_crosswalk_gem.html",
        "No ICD-9-CM code is mapped to this code.",
        from_icd9,
        lambda code_set: links.equivalents(
            "from_icd9", f"line.target = '{code_set}' AND line.mapped = %(code)s"
        ),
        mapping_lines,
    ),
    Part(
        "references",
        "HCPCS cross-references",
        ("hcpcs", "cpt"),
        "CMS’s HCPCS Level II file",
        "import_release hcpcs FILE",
        "codes/sections/_crosswalk_references.html",
        "CMS’s file leads neither from this code to another nor from another to it.",
        lambda editions, _: [each for each in editions.of_source("hcpcs") if not each.is_demonstration],
        lambda _: links.CROSS_REFERENCES,
        references,
    ),
    Part(
        "articles",
        "Groups in Medicare articles",
        ("cpt", "hcpcs", "icd-10-cm"),
        "the articles of the Medicare coverage database",
        "import_release mcd FILE --effective DAY",
        "codes/sections/_crosswalk_articles.html",
        "No article in force on that day lists diagnoses with this code.",
        lambda editions, _: partial(editions, "mcd", ", articles"),
        lambda code_set: links.BESIDE_DIAGNOSIS if code_set == "icd-10-cm" else links.BESIDE_PROCEDURE,
        groups,
    ),
]


@dataclass
class Asked:
    """A part with the edition that answers it; None where none is loaded, or none for that day."""

    part: Part
    loaded: list
    edition: Edition | None
    day: object


def asked_of(subject, parts):
    """The parts for the code set of a page, each with its edition."""
    for part in parts:
        if subject.code_set in part.code_sets:
            loaded = part.editions(subject.editions, subject.code_set)
            yield Asked(part, loaded, subject.editions.answer(loaded), subject.editions.day(loaded))


def answers(subject, asked):
    """The rows of every part that has an edition, by its key: one query, none where nothing is loaded."""
    to_ask = [each for each in asked if each.edition]
    diagnoses = subject.editions.of_code_set("icd-10-cm")
    parameters = {"code": subject.code, "diagnoses_on": subject.editions.day(diagnoses) or subject.on}
    for each in to_ask:
        parameters |= {f"on_{each.part.key}": each.day, f"release_{each.part.key}": each.edition.pk}
    return links.ask({each.part.key: each.part.sql(subject.code_set) for each in to_ask}, parameters)
