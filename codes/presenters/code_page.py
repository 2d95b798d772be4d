"""A code page ready for its templates: the free shell, and as much of the rest as this visitor may read."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import mark_safe

from codes import lay_text, standing
from codes.models import lineage
from codes.models import page as queries
from codes.names import address, code_name, line, shortened
from codes.places import Place
from codes.presenters import structured_data
from codes.presenters.choices import choices
from codes.presenters.date_bar import date_bar
from codes.sections import DoesNotApply, Subject, for_code_set
from codes.sections.notes import by_kind
from codes.spelling import dotted

OWN_NOTES_APART = {"inclusion_term"}  # they stand in their section only
PUBLIC_NOTES = "icd-10-cm"
NOWHERE = Place()


@dataclass(frozen=True)
class Shows:
    """What this visitor may read: the descriptions of an opened page, and the sections of an account."""

    descriptions: bool
    account: bool
    commands: bool = False  # for staff: how to load what is not loaded

    @classmethod
    def of(cls, access, user):
        """From the meter's answer."""
        return cls(access.is_opened, access.is_reader, user.is_staff)

    @property
    def sections(self):
        """Whether the seven sections may be read."""
        return self.descriptions and self.account


def code_page(found, editions, shows, place=NOWHERE, surgery=None):
    """Everything that `codes/code_detail.html` prints; `place` and `surgery` are asked of fee and global days."""
    stand = standing.standing(found, editions)
    around = surroundings_of(found, editions, stand, shows)
    window = stand.window or found.windows[-1]
    subject = Subject(found, window, day_of(found, editions, stand), editions, around, place, surgery)
    sections = list(sections_of(subject, stand, shows))
    release = release_of(found, window, stand, editions)
    title = title_of(found, window, release)
    return {
        "site": settings.SITE_URL,
        "found": found,
        "display": dotted(found.slug, found.code),
        "name": code_name(found),
        "title": title,
        "address": address(found.slug, dotted(found.slug, found.code)),
        "bar": date_bar(editions, found.slug),
        "dos": editions.dos,
        "stand": stand,
        "release": release,
        "edition": editions.answer(editions.of_code_set(found.slug)),
        "shows": shows,
        "official": official(found, window, release, around, shows) if stand.window else None,
        "lay": lay(found, around) if shows.descriptions and found.published_body else None,
        "spine": spine(subject, title),
        "successors": successors(found, stand),
        "choices": choices(found, title, around.below) if stand.window and not window["billable"] else None,
        "sections": sections,
        "strip": list(strip(subject, stand, sections, shows)),
        "locked_count": sum(section["is_locked"] for section in sections),
        "structured_data": structured_data.medical_code(found, title),
    }


def release_of(found, window, stand, editions):
    """The release to name under the words: of a public set the edition that answers and still says so, else the
    one that gave them."""
    answering = editions.answer(editions.of_code_set(found.slug))
    if found.is_public_domain and answering and stand.is_in_force:
        return answering
    return next((edition for edition in editions.all if edition.pk == window["release_id"]), None)


def day_of(found, editions, stand):
    """The day to ask rows for: the day asked for, or a day on which the shown descriptor held."""
    day = editions.day(editions.of_code_set(found.slug))
    if stand.kind == "ended":
        return stand.window["terminated_on"]
    if stand.kind == "not-yet" or day is None:
        return found.windows[0]["effective_on"]
    return day


def surroundings_of(found, editions, stand, shows):
    """What stands around it; notes and guidance only for those who may read them."""
    owners = []
    if found.slug == PUBLIC_NOTES and stand.window:
        owners = [*found.path, found.code] if shows.sections else [found.code] if shows.descriptions else []
    mentioned = (
        lay_text.mentioned(found.published_body) if shows.descriptions and found.published_body else []
    )
    window = stand.window or found.windows[-1]
    range_code = found.path[-1] if found.path else ""
    if window["billable"] and len(found.path) > 1 and found.slug == PUBLIC_NOTES:
        range_code = next((code for code in reversed(found.path) if "-" in code), range_code)
    day, guided = day_of(found, editions, stand), shows.sections and bool(stand.window)
    return queries.surroundings(found, day, window["billable"], range_code, owners, mentioned, guided)


def title_of(found, window, release):
    """What headings and meta may call it: the public descriptor, our own short name, or nothing."""
    if found.is_public_domain:
        return window["long"]
    return window["short"] if release and release.is_demonstration else ""


def official(found, window, release, around, shows):
    """The official description with its notice; None where this visitor may not read it."""
    is_mute = standing.is_mute(window)
    if not (shows.descriptions or found.is_public_domain or is_mute):
        return None
    notes = [
        note for note in around.notes if note["code"] == found.code and note["kind"] not in OWN_NOTES_APART
    ]
    return {
        "is_missing": is_mute,
        "text": window["long"] or window["medium"] or window["short"],
        "notice": release.notice if release else "",
        "is_stand_in": bool(release and release.is_demonstration),
        "kinds": list(by_kind(notes, around.known)) if shows.descriptions else [],
    }


def lay(found, around):
    """Our own description, with the codes that it names linked."""
    return {
        "html": mark_safe(lay_text.html(found.published_body, around.known)),
        "year": (found.reviewed_on or found.drafted_on).year,
        "author_role": found.author_role,
        "reviewed_on": found.reviewed_on,
        "drafted_on": found.drafted_on,
        "is_unreviewed": found.is_seed or found.reviewed_on is None,
        "sources": [source for source in (found.sources or "").splitlines() if source.strip()],
    }


def successors(found, stand):
    """The codes that took the place of an ended diagnosis, by the conversion table."""
    if stand.kind != "ended" or found.slug != PUBLIC_NOTES:
        return []
    return [
        {"code": dotted(found.slug, code), "address": address(found.slug, dotted(found.slug, code)), "on": on}
        | {"title": title}
        for code, on, title in lineage.successors(found.code)
    ]


def spine(subject, title):
    """Those above, the neighbours with the code itself marked, previous and next."""
    found, around = subject.found, subject.around
    above = around.above[-1]["title"] if around.above else ""
    before = [line(found.slug, row, above) for row in reversed(around.before)]
    after = [line(found.slug, row, above) for row in around.after]
    own = {"code": dotted(found.slug, found.code), "title": shortened(title, above), "is_here": True}
    return {
        "above": [line(found.slug, row) for row in around.above],
        "neighbours": [*before[-3:], own, *after[:3]],
        "previous": before[-1] if before else None,
        "next": after[0] if after else None,
    }


def sections_of(subject, stand, shows):
    """Each section as the template prints it: locked for those without an account, else with its answer."""
    for section in for_code_set(subject.code_set):
        face = section.face(subject.code_set)
        common = {
            "key": section.key,
            "heading": face.heading,
            "teaser": face.teaser,
            "template": section.template,
        }
        if not face.applies:
            yield common | {"is_locked": False, "answer": section.answer(subject)}
        elif not shows.sections:
            yield common | {"is_locked": True, "answer": None}
        elif stand.window is None:
            yield common | {"is_locked": False, "answer": DoesNotApply(f"is not answered: {stand.sentence}")}
        else:
            yield common | {"is_locked": False, "answer": section.answer(subject)}


STRIPS = {
    "cpt": ("Add-on", "Global", "MUE", "RVU", "Fee", "PTP edits"),
    "hcpcs": ("Add-on", "Global", "MUE", "RVU", "Fee", "PTP edits"),
    "icd-10-cm": ("Billable", "MS-DRG", "CC or MCC", "HCC", "POA", "Excludes1"),
    "icd-10-pcs": ("Billable", "Section", "Operation", "Approach", "Device", "MS-DRG"),
    "ms-drg": ("MDC", "Type", "Weight", "GMLOS", "AMLOS", "Post-acute transfer"),
}


def strip(subject, stand, sections, shows):
    """The six facts of the first screen; a guest sees their labels."""
    facts = {"Billable": "Yes" if subject.billable else "No", "Add-on": ADD_ON[subject.window["is_addon"]]}
    free = set(facts)
    for section in sections:
        facts |= section["answer"].facts if section["answer"] else {}
    if stand.window is None:
        facts = {}
    for label in STRIPS[subject.code_set]:
        is_shown = label in free or shows.sections
        yield {
            "label": label,
            "value": facts.get(label, silence(subject, stand)) if is_shown else behind(shows),
            "is_known": is_shown and label in facts,
        }


def silence(subject, stand):
    """What it means that a fact is not there."""
    if stand.window is None:
        return "not for that day"
    return "not loaded" if subject.billable else "see the codes below"


def behind(shows):
    """What a visitor needs to read a fact."""
    return "on an opened page" if shows.account else "with an account"


ADD_ON = {True: "Yes", False: "No", None: "not loaded"}
