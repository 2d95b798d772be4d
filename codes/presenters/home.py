"""The code sets as the first page lists them: how many codes, which edition, and until when."""

from functools import lru_cache, reduce
from operator import or_

from django.db.models import Count, F, Q
from django.urls import reverse

from codes.editions import Edition, Editions
from codes.models import Code, Descriptor, Release
from codes.models.code_sets import KNOWN

NOT_LOADED = {"count": "", "billable": "", "edition": "not loaded", "until": "", "has_ended": False}


def code_set_lines(today):
    """One line for each known code set, in the site's order: two queries, one of them kept."""
    editions = Editions(loaded_editions(), None, today)
    counts = counted(editions)
    return [
        line(slug, known, editions.of_code_set(slug), counts.get(slug), today)
        for slug, known in KNOWN.items()
    ]


def loaded_editions():
    """The loaded editions that define a code set's codes."""
    releases = Release.objects.current().filter(code_set__isnull=False)
    fields = ("pk", "source", "effective_on", "ends_on", "is_demonstration", "notice")
    for row in releases.values(*fields, label=F("edition"), slug=F("code_set__slug")):
        yield Edition(**row | {"code_set": row.pop("slug")})


def line(slug, known, editions, count, today):
    """A line ready to print; a code set without codes says that it is not loaded."""
    words = {"name": known["name"], "what": known["what"], "address": reverse("codes:code_set", args=[slug])}
    if not editions or not count:
        return words | NOT_LOADED
    latest = editions[0]
    has_ended = bool(latest.ends_on and latest.ends_on < today)
    return words | {
        "count": f"{count['total']:,}",
        "billable": billable_words(slug, **count),
        "edition": "demonstration, own words" if latest.is_demonstration else latest.label,
        "until": f"{'ended' if has_ended else 'until'} {latest.ends_on}" if latest.ends_on else "",
        "has_ended": has_ended,
    }


def billable_words(slug, total, billable):
    """`74,719 billable`, `all billable`; nothing for groups, which are assigned and never billed as a code."""
    if slug == "ms-drg":
        return ""
    return "all billable" if billable == total else f"{billable:,} billable"


def counted(editions):
    """`{slug: {"total": …, "billable": …}}` of the codes in force in each latest edition.

    Counting goes over every descriptor, so it is kept until another edition is loaded or the day asked for moves on.
    """
    days = {slug: editions.day(editions.of_code_set(slug)) for slug in KNOWN if editions.of_code_set(slug)}
    if not days:
        return {}
    loaded = tuple(sorted(edition.pk for edition in editions.all))
    return count_codes(loaded, tuple(sorted(days.items())))


@lru_cache(maxsize=4)
def count_codes(loaded, days):
    """Codes in force on each code set's day, and how many of them can be reported: one query.

    `loaded` are the releases counted for: others mean another answer.
    """
    in_force = (Q(code__code_set__slug=slug) & Descriptor.objects.holds(day) for slug, day in days)
    rows = (
        Descriptor.objects.filter(reduce(or_, in_force), code__kind=Code.Kind.CODE)
        .order_by()
        .values(slug=F("code__code_set__slug"))
        .annotate(total=Count("pk"), can_be_billed=Count("pk", filter=Q(billable=True)))
    )
    return {row["slug"]: {"total": row["total"], "billable": row["can_be_billed"]} for row in rows}
