"""Medicare coverage: the national and local policies that name a code, and what CMS's HCPCS file says of it."""

from datetime import date

from codes import hcpcs_fields
from codes.models import links
from codes.sections.base import DoesNotApply, Face, Filled, NotLoaded, Section, outside
from codes.sections.crosswalk_parts import ROLES, policy

FACE = Face("Medicare coverage", "National and local policies that name it.", 5)
KINDS = {"ncd": ("NCDs", "National"), "lcd": ("LCDs", "Local"), "article": ("articles", "Article")}
FILE, COMMAND = "the Medicare coverage database", "import_release mcd FILE --effective DAY"
HCPCS_FILE = "CMS’s HCPCS Level II file"
SAID = {**ROLES, "procedures": "Names the procedure"}


class Coverage(Section):
    """NCDs, LCDs and articles of the Medicare coverage database; coverage fields of HCPCS codes."""

    key = "coverage"
    template = "codes/sections/_coverage.html"
    faces = {"cpt": FACE, "hcpcs": FACE, "icd-10-cm": FACE}
    elsewhere = Face("Medicare coverage", "", 95, applies=False)

    def answer(self, subject):
        """Policies that name the code on the day, and its coverage fields: one query."""
        if subject.code_set == "ms-drg":
            return DoesNotApply("is decided by procedure and diagnosis, not by MS-DRG.")
        if subject.code_set == "icd-10-pcs":
            return DoesNotApply(
                "is asked for by CPT and HCPCS codes and by diagnoses, not by inpatient procedures."
            )
        return covered(subject)


def covered(subject):
    """The answer for a procedure or a diagnosis."""
    database = subject.editions.of_source("mcd")
    editions = by_kind(subject, database)
    files = subject.editions.of_source("hcpcs") if subject.code_set == "hcpcs" else []
    fact_edition = subject.editions.answer(files)
    if not editions and not fact_edition:
        if subject.editions.dos and database:
            return DoesNotApply(outside(database, subject.editions.dos))
        return NotLoaded(FILE, COMMAND)
    rows = ask(subject, editions, fact_edition)
    policies, fact = rows.get("policies") or [], rows.get("fact")
    is_example = any(edition.is_demonstration for edition in editions.values())
    if not policies and not fact and (is_example or not editions):
        return NotLoaded(FILE, COMMAND)
    return filled(subject, policies, fact, editions, fact_edition)


def by_kind(subject, database):
    """Kind → the edition of the database that answers; one of examples answers for every kind."""
    found = {}
    for kind, (name, _) in KINDS.items():
        own = [each for each in database if each.is_demonstration or each.label.endswith(f", {name}")]
        if edition := subject.editions.answer(own):
            found[kind] = edition
    return found


def asked_day(subject, editions):
    """The day to ask policies for: the date of service, else the latest that the editions answer for."""
    return subject.editions.day(list(editions.values())) or subject.on


def ask(subject, editions, fact_edition):
    """The rows of policies and of the HCPCS file: one query."""
    parts, parameters = (
        {},
        {"code": subject.code, "on_policies": subject.editions.dos or subject.editions.today},
    )
    if editions:
        parts["policies"] = links.POLICIES
        parameters["releases"] = sorted({edition.pk for edition in editions.values()})
    if fact_edition:
        parts["fact"] = links.FACT
        parameters["release_fact"] = fact_edition.pk
    return links.ask(parts, parameters)


def filled(subject, policies, fact, editions, fact_edition):
    """What the template prints."""
    lines = [line(row, asked_day(subject, editions)) for row in policies]
    held = [each for each in lines if each["state"] == "in force"]
    missing = [name for kind, (name, _) in KINDS.items() if kind not in editions]
    labels = list(dict.fromkeys(edition.label for edition in editions.values()))
    return Filled(
        {
            "held": held,
            "others": [each for each in lines if each["state"] != "in force"],
            "more": policies[0]["all"] - len(policies) if policies else 0,
            "is_asked": bool(editions),
            "is_example": any(edition.is_demonstration for edition in editions.values()),
            "missing": " and ".join(missing) if editions else f"policies ({FILE})",
            "fields": hcpcs_fields.pairs(fact) if fact else [],
            "fields_edition": fact_edition,
            "is_without_fields": subject.code_set == "hcpcs" and not fact,
        },
        value=in_contents(held, editions),
        edition=" · ".join(labels),
        sources=[*editions.values(), *([fact_edition] if fact else [])],
    )


def in_contents(held, editions):
    """The value in the page's contents: how many policies are in force, or that they are examples."""
    if any(edition.is_demonstration for edition in editions.values()):
        return "examples"
    return f"{len(held)} in force" if editions else "fields only"


def line(row, on):
    """A policy as the table prints it."""
    first, last = day(row["effective_on"]), day(row["ends_on"])
    return policy(row) | {
        "kind": KINDS[row["kind"]][1],
        "state": state(row["status"], first, last, on),
        "from": first,
        "to": last,
        "contractors": ", ".join(row["contractors"]) or ("Nationwide" if row["kind"] == "ncd" else "–"),
        "states": ", ".join(row["states"]),
        "roles": "; ".join(SAID[role] for role in row["roles"]) if row["roles"] else "Named by one that does",
    }


def day(text):
    """A date out of JSON."""
    return date.fromisoformat(text) if text else None


def state(status, first, last, on):
    """Whether a policy is in force on a day: by its days, else by CMS's letter."""
    if (first and first > on) or (status == "F" and not first):
        return "future"
    if (last and last < on) or (status == "R" and not last):
        return "retired"
    return "proposed" if status in ("D", "P") else "in force"


SECTION = Coverage()
