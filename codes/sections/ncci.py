"""NCCI edits: what is denied beside a procedure, how many units count, and add-on codes with their primary codes."""

from codes import ncci
from codes.models import ncci as queries
from codes.models.edits import WHATEVER_PRIMARY
from codes.sections.base import DoesNotApply, Face, Filled, NotLoaded, Section

FACE = Face("NCCI edits", "What is denied beside it, unit limits, its primary codes.", 2)
NOT_FOR = {
    "icd-10-cm": "do not apply to diagnosis codes. What excludes what among diagnoses stands in the guidelines.",
    "icd-10-pcs": "do not apply to inpatient procedure codes.",
    "ms-drg": "do not apply to MS-DRGs.",
}
FILES = "the NCCI procedure-to-procedure, medically unlikely and add-on edit files"
LINKED = 24  # codes of an add-on list that are links; the rest are folded numbers


class Ncci(Section):
    """Procedure-to-procedure edits, medically unlikely edits and add-on relations."""

    key = "ncci"
    template = "codes/sections/_ncci.html"
    faces = {"cpt": FACE, "hcpcs": FACE}
    elsewhere = Face("NCCI edits", "", 92, applies=False)

    def answer(self, subject):
        """Pairs by setting and column, limits by setting, add-on and primary codes; each from its own edition."""
        if subject.code_set in NOT_FOR:
            return DoesNotApply(NOT_FOR[subject.code_set])
        code, editions = subject.code, subject.editions
        pairs = {setting: ncci.answering(editions, source, code) for setting, source in ncci.PTP.items()}
        limits = {setting: ncci.answering(editions, source, code) for setting, source in ncci.MUE.items()}
        addons = ncci.answering(editions, "aoc", code)
        answers = [each for each in (*pairs.values(), *limits.values(), addons) if each.edition]
        if not answers:
            return not_loaded(editions, pairs[1])
        rows = queries.section(
            code,
            [(setting, each.day, each.quarter_begins) for setting, each in pairs.items() if each.edition],
            [(setting, each.day) for setting, each in limits.items() if each.edition],
            addons.day,
        )
        context = {
            "code": code,
            "dos": editions.dos,
            "pairs": [of_setting(setting, each, rows) for setting, each in pairs.items()],
            "limits": [limit(setting, each, rows["mues"]) for setting, each in limits.items()],
            "addons": of_addons(addons, rows),
            "is_demonstration": any(each.edition.is_demonstration for each in answers),
        }
        return Filled(
            context,
            value=value_of(context["pairs"]),
            edition=edition_of(pairs),
            facts=facts(context),
            sources=[each.edition for each in answers],
        )


def not_loaded(editions, practitioner):
    """No file answers: none is loaded, or none for that day or code."""
    if editions.of_source(practitioner.source):
        return NotLoaded(f"{FILES} ({practitioner.silence})", practitioner.command)
    return NotLoaded(FILES, practitioner.command)


def of_setting(setting, answering, rows):
    """The pairs of one setting: counts by column and indicator, and the first rows."""
    counts = [row for row in rows["counts"] if row["setting"] == setting]
    columns = [column(counts, side) for side in (1, 2)]
    return {
        "number": setting,
        "word": ncci.SETTING_WORDS[setting],
        "label": ncci.SETTINGS[setting],
        "answering": answering,
        "columns": columns,
        "total": sum(each["total"] for each in columns),
        "untold": sum(row["untold"] for row in counts),
        "rows": [pair_line(row, answering) for row in rows["pairs"] if row["setting"] == setting],
    }


def column(counts, side):
    """How many pairs hold the code in a column, by what a modifier does."""
    by_indicator = {row["indicator"]: row["standing"] for row in counts if row["side"] == side}
    allowed, denied = by_indicator.get(1, 0), by_indicator.get(0, 0)
    return {"side": side, "total": allowed + denied, "allowed": allowed, "not_allowed": denied}


def pair_line(row, answering):
    """A pair as the tables print it."""
    since = row["effective_on"]
    return {
        "column_one": row["column_one"],
        "column_two": row["column_two"],
        "indicator": ncci.INDICATORS[row["indicator"]],
        "rationale": row["rationale"],
        "since": f"since {since}" if since else f"in force in {answering.name}; start not in this file",
        "until": row["terminated_on"],
    }


def limit(setting, answering, rows):
    """The limit of one setting, or why there is none."""
    row = next((row for row in rows if row["setting"] == setting), None)
    said = {"setting": setting, "label": ncci.MUE_SETTINGS[setting], "answering": answering}
    if row is None:
        silence = answering.silence or f"no unit limit published in {answering.name}"
        return said | {"value": None, "silence": silence}
    mai = int(row["adjudication"][0])
    return said | {
        "value": row["value"],
        "mai": mai,
        "means": ncci.MAIS[mai],
        "adjudication": row["adjudication"],
        "rationale": row["rationale"],
    }


def of_addons(answering, rows):
    """The primary codes of an add-on code, the add-on codes of a primary one, with the type of the list."""
    primaries = [row for row in rows["primaries"] if row["code"] != WHATEVER_PRIMARY]
    types = sorted({row["edit_type"] for row in rows["primaries"]})
    return {
        "answering": answering,
        "is_addon": bool(rows["primaries"]),
        "types": [ncci.ADDON_TYPES[each] for each in types],
        "has_contractor": len(primaries) < len(rows["primaries"]),
        "primaries": listed(primaries),
        "addons": listed(rows["addons"]),
        "instructions": sorted({row["instruction"] for row in rows["primaries"] if row["instruction"]}),
    }


def listed(rows):
    """Codes for a list: the first are links, the rest numbers to unfold."""
    codes = sorted({row["code"] for row in rows})
    linked = [{"code": code, "address": ncci.code_address(code)} for code in codes[:LINKED]]
    return {"count": len(codes), "linked": linked, "rest": codes[LINKED:]}


def value_of(pairs):
    """How many pairs there are, for the page's contents; the first setting that is loaded."""
    told = next((each for each in pairs if each["answering"].edition), None)
    return f"{told['total']:,}" if told else "pairs not loaded"


def edition_of(pairs):
    """`Practitioner 2024 Q3 · hospital not loaded`."""
    parts = [
        f"{ncci.SETTING_WORDS[setting]} {each.edition.label if each.edition else 'not loaded'}"
        for setting, each in pairs.items()
    ]
    said = " · ".join(parts)
    return said[0].upper() + said[1:]


def facts(context):
    """The strip's values: the practitioner's limit with its MAI, pairs in both columns, add-on or not."""
    found = {}
    limit = context["limits"][0]
    if limit["answering"].edition:
        found["MUE"] = "none" if limit["value"] is None else f"{limit['value']} · MAI {limit['mai']}"
    told = next((each for each in context["pairs"] if each["answering"].edition), None)
    if told:
        found["PTP edits"] = " / ".join(f"{each['total']:,}" for each in told["columns"])
    if context["addons"]["answering"].edition:
        found["Add-on"] = "Yes" if context["addons"]["is_addon"] else "No"
    return found


SECTION = Ncci()
