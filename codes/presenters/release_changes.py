"""What a release changed, a page at a time, and as entries of the feed."""

import re
from collections import defaultdict

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.text import slugify

from codes.models import Release, ReleaseChange
from codes.names import address
from codes.presenters.releases import WHAT
from codes.spelling import dotted
from codes.word_diff import word_diff

PER_PAGE = 60
FEED_LENGTH = 50
# what is free: titles, and whether a code can be reported; all else is the sections' content
FREE = "code"
PAIR = "PTP edit"
# the code set of a subject that is about one code of it
CODE_SETS = {"POA exemption": "icd-10-cm", "MS-DRG weight": "ms-drg"}
NUMBERS = {"cpt": re.compile(r"\d{4}[0-9AFMTU]"), "hcpcs": re.compile(r"[A-CE-V]\d{4}")}
HEADER = " (not billable)"  # behind the title of a header
# what is not called in the plural by an s
CALLED = {
    "code": ("code", "codes"),
    "RVUs or global days": ("code’s RVUs or global days", "codes’ RVUs or global days"),
}


def counted(releases):
    """The changes of these releases as {release key: [(what, change, number)]}, in one query."""
    rows = ReleaseChange.objects.filter(release__in=releases).values_list("release", "what", "change")
    found = defaultdict(list)
    for key, what, change, number in rows.annotate(number=Count("pk")).order_by("release", "what", "change"):
        found[key].append((what, change, number))
    return found


def in_words(counts):
    """`614 codes added, 61 codes changed, 12 codes ended`; empty where nothing was compared."""
    return ", ".join(f"{number:,} {called(what, number)} {change}" for what, change, number in counts)


def called(what, number):
    """`code`, `codes`, `POA exemptions`."""
    one, many = CALLED.get(what, (what, f"{what}s"))
    return one if number == 1 else many


def verb(row):
    """How a code changed: its words, or whether it can be reported; what else changes just changed."""
    if row.what != FREE or row.change != "changed":
        return row.change
    if row.after == row.before + HEADER:
        return "now a header: choose below"
    if row.before == row.after + HEADER:
        return "now billable"
    return "reworded"


def change_page(release, what, change, page, is_reader):
    """Everything that `codes/release_changes.html` prints; `what` and `change` narrow it, empty for all."""
    rows = ReleaseChange.objects.filter(release=release)
    counts = counted([release.pk])[release.pk]
    if not is_reader:
        rows = rows.filter(what=FREE)
    if what:
        rows = rows.filter(what=what)
    if change:
        rows = rows.filter(change=change)
    total = rows.count()
    found = rows.order_by("what", "change", "subject", "pk")[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "release": release,
        "code_set": release.code_set.name if release.code_set else "",
        "source": WHAT.get(release.source, release.source),
        "summary": in_words(counts),
        "filters": [filter_of(*each, what, change) for each in counts if is_reader or each[0] == FREE],
        "locked": in_words([each for each in counts if not is_reader and each[0] != FREE]),
        "rows": [line(row, release) for row in found],
        "total": total,
        "page": page,
        "pages": max(1, -(-total // PER_PAGE)),
        "narrowed": {"what": what, "change": change},
    }


def filter_of(what, change, number, chosen_what, chosen_change):
    """A kind of change as a link that narrows the page to it."""
    return {
        "what": what,
        "change": change,
        "label": f"{number:,} {called(what, number)} {change}",
        "is_chosen": (what, change) == (chosen_what, chosen_change),
    }


def line(row, release):
    """One change as the table prints it."""
    code_set = code_set_of(row, release)
    return {
        "code": dotted(code_set, row.subject) if code_set else row.subject,
        "address": address_of(row, code_set),
        "what": row.what,
        "verb": verb(row),
        "words": word_diff(row.before, row.after)
        if row.change == "changed"
        else [("same", row.after or row.before)],
    }


def address_of(row, code_set):
    """The page of the pair or code that a change is about; empty where it is neither."""
    code, *others = row.subject.split()
    if row.what == PAIR and len(others) == 1:
        return reverse("codes:ncci_pair", args=[code, *others])
    return address(code_set, dotted(code_set, code)) if code_set else ""


def code_set_of(row, release):
    """The address word of the code set that a change's first code belongs to; empty where none is known."""
    if row.what == FREE:
        return release.code_set.slug
    number = row.subject.partition(" ")[0]
    of_number = (slug for slug, pattern in NUMBERS.items() if pattern.fullmatch(number))
    return CODE_SETS.get(row.what) or next(of_number, "")


def feed_entries():
    """The releases last loaded, as the feed has them: title, address, text, when, id."""
    loaded = Release.objects.current().filter(is_demonstration=False).select_related("code_set")
    releases = list(loaded.order_by("-changed_at")[:FEED_LENGTH])
    counts = counted([release.pk for release in releases])
    for release in releases:
        key = f"{release.source}-{slugify(release.edition)}-{release.sha256[:12]}"
        what = WHAT.get(release.source, release.source)
        yield {
            "title": " ".join(filter(None, (release.code_set and release.code_set.name, release.edition))),
            "link": f"{settings.SITE_URL}{reverse('codes:release', args=[release.pk])}",
            "description": f"{what}. {in_words(counts[release.pk]) or f'{release.row_count:,} rows loaded'}.",
            "updateddate": release.changed_at,
            "pubdate": release.changed_at,
            "unique_id": f"{settings.SITE_URL}/releases/#{key}",
        }
