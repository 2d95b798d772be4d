"""What is loaded and what each release changed, by code set."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from codes.models import Release, ReleaseChange
from codes.models.code_sets import KNOWN

# What a source's files say, for readers; a source that is not named here shows its own word.
WHAT = {
    "icd10cm-tabular": "Tabular list: codes, titles, notes",
    "icd10cm-order": "Order file: codes with short and long titles",
    "icd10cm-index": "Alphabetic index, external causes, drugs, neoplasms",
    "icd10cm-poa-exempt": "Codes exempt from present on admission",
    "icd10cm-conversions": "Conversion table: new codes and what stood for them before",
    "icd10pcs-tables": "Tables with definitions",
    "hcpcs": "HCPCS Level II codes, modifiers, coverage and prices’ rules",
    "cpt": "CPT® descriptors, licensed from the AMA",
    "ptp-practitioner": "NCCI procedure-to-procedure edits, practitioner",
    "ptp-hospital": "NCCI procedure-to-procedure edits, outpatient hospital",
    "mue-practitioner": "Medically unlikely edits, practitioner",
    "mue-outpatient": "Medically unlikely edits, outpatient hospital",
    "mue-dme": "Medically unlikely edits, equipment suppliers",
    "aoc": "NCCI add-on codes",
    "oce-pairs": "Outpatient code editor: hospital pairs, by whole quarters",
    "oce-status": "Outpatient code editor: payment status and APC",
    "oce-diagnoses": "Outpatient code editor: edits of diagnoses",
    "pfs": "Physician fee schedule: relative values, localities",
    "anesthesia-base-units": "Anesthesia base units",
    "zip5": "ZIP code to payment locality",
    "gem": "General equivalence mappings, ICD-9 and ICD-10",
    "mcd": "Medicare coverage: NCDs, LCDs, articles",
    "icd10pcs-order": "Order file: codes and titles",
    "ms-drg": "Table 5: groups, weights, lengths of stay",
    "ms-drg-diagnoses": "Diagnosis to MS-DRG, CC and MCC",
    "hcc": "Diagnosis to risk adjustment category",
    "cpt-demonstration": "Demonstration: numbers are facts, words are ours",
    "hcpcs-demonstration": "Demonstration: numbers are facts, words are ours",
}
OTHER = {"slug": "other", "name": "Other files", "address": ""}


def release_groups(today):
    """The code sets in the site's order, then files that define none; each with its releases, the latest first."""
    changed = Exists(ReleaseChange.objects.filter(release=OuterRef("pk")))
    releases = list(Release.objects.current().select_related("code_set").annotate(has_changes=changed))
    groups = [group(slug, known["name"]) for slug, known in KNOWN.items()]
    if any(release.code_set is None for release in releases):
        groups.append(OTHER)
    return [each | {"releases": lines_of(each["slug"], releases, today)} for each in groups]


def group(slug, name):
    """A code set as the heading of a group."""
    return {"slug": slug, "name": name, "address": reverse("codes:code_set", args=[slug])}


def lines_of(slug, releases, today):
    """The lines of one group."""
    later = followers(releases)
    return [
        line(each, later.get(each.pk, ""), today)
        for each in releases
        if (each.code_set.slug if each.code_set else "other") == slug
    ]


def followers(releases):
    """{release: edition} of what was published next by the same source; `releases` stand the latest first."""
    newest, later = {}, {}
    for release in releases:
        if release.source in newest:
            later[release.pk] = newest[release.source]
        newest[release.source] = release.edition
    return later


def line(release, followed_by, today):
    """One release as the table prints it."""
    ends_on = release.ends_on
    return {
        "edition": release.edition,
        "what": WHAT.get(release.source, release.source),
        "days": f"{release.effective_on} to {ends_on}" if ends_on else f"from {release.effective_on}",
        "followed_by": followed_by,
        "has_ended": bool(ends_on and ends_on < today and not followed_by),
        "rows": f"{release.row_count:,}",
        "added": f"{release.added:,}",
        "changed": f"{release.changed:,}",
        "ended": f"{release.ended:,}",
        "changes": reverse("codes:release", args=[release.pk]) if release.has_changes else "",
        "source_file": release.source_file,
        "sum": release.sha256[:12],
    }
