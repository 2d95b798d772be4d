"""Parts of a diagnosis's crosswalk that NCHS publishes: what came before and after, and the index that leads here."""

from itertools import groupby

from codes.models import IndexEntry, lineage
from codes.names import address
from codes.note_text import parts
from codes.sections.crosswalk_parts import Part
from codes.spelling import dotted

PARTS_OF_THE_INDEX = dict(IndexEntry.Part.choices)


def changes(rows, subject):
    """What the code was before, and the codes that took its place, each with its first day."""
    before = [row for row in rows if row["current"] == subject.code]
    after = [row for row in rows if row["current"] != subject.code]
    return {
        "before": [{"on": row["converted_on"], "codes": list(linked(row["previous"]))} for row in before],
        "after": [
            {"on": row["converted_on"], "title": row["title"] or "", **place(row["current"])} for row in after
        ],
    }


def linked(text):
    """The previous codes as printed, each with its address."""
    for part in parts(text):
        yield part.text, place(part.first)["address"] if part.first and part.first == part.last else ""


def place(code):
    """A diagnosis with its address."""
    display = dotted("icd-10-cm", code)
    return {"code": display, "address": address("icd-10-cm", display)}


def entries(rows, subject):
    """The lines of the index by its part; a line to a code above says so."""
    rows = sorted(rows, key=lambda row: list(PARTS_OF_THE_INDEX).index(row["part"]))
    return {
        "parts": [
            {"label": PARTS_OF_THE_INDEX[part], "lines": [entry(row, subject) for row in lines]}
            for part, lines in groupby(rows, key=lambda row: row["part"])
        ],
        "more": rows[0]["all"] - len(rows),
    }


def entry(row, subject):
    """One line of the index."""
    printed = dotted("icd-10-cm", row["code"])
    stem = f"{printed}.-" if len(row["code"]) == 3 else f"{printed}-"
    return {
        "path": row["path"],
        "printed": "" if row["code"] == subject.code else stem if row["is_stem"] else printed,
    }


LINEAGE = [
    Part(
        "index",
        "Index entries that lead here",
        ("icd-10-cm",),
        "the alphabetic index of ICD-10-CM",
        "import_release icd10cm-index FILE",
        "codes/sections/_crosswalk_index.html",
        "No line of the index leads to this code.",
        lambda editions, _: editions.of_source("icd10cm-index"),
        lambda _: lineage.INDEX,
        entries,
    ),
    Part(
        "lineage",
        "Before and after",
        ("icd-10-cm",),
        "the conversion table of ICD-10-CM",
        "import_release icd10cm-conversions FILE",
        "codes/sections/_crosswalk_lineage.html",
        "The conversion table has no line for this code: it neither came from another nor gave way to one.",
        lambda editions, _: editions.of_source("icd10cm-conversions"),
        lambda _: lineage.LINEAGE,
        changes,
    ),
]
