"""HCPCS Level II as CMS publishes it each quarter (ANWEB): codes, modifiers, and the fields Medicare works with.

The file carries its own history, so codes are in force from the days it gives. Facts of every edition are kept as they
are; what a code said on a day is worked out from all of them.
"""

import io
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import connection

from codes.importers import files, hcpcs_ranges, hcpcs_records, hcpcs_windows, loading, xlsx
from codes.importers.loading import Refused
from codes.importers.merging import copy
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import HcpcsFact, ProcessingNote, Release, ReleaseChange

SOURCE = "hcpcs"
CODES, MODIFIERS = (5_000, 15_000), (250, 900)  # editions since 2003 had 5,400 to 8,700, and 290 to 420
NOTICE = "HCPCS Level II, {edition}. Centers for Medicare & Medicaid Services; public domain."
OTHER_PARTS = "trans|layout|read|note|correct|noc"
TEXT = rf"^(?!.*({OTHER_PARTS}))[^/]*HCPC[^/]*\.txt$"
WORKBOOK = rf"^(?!.*({OTHER_PARTS}))[^/]*HCPC[^/]*\.xlsx$"
NOTES = r"proc[ _-]?notes?[^/]*\.txt$"
NAMED = re.compile(r"HCPC[A-Z]*[ _]?(20\d\d)(?:[ _-]*(JAN|APR|JUL|OCT))?", re.IGNORECASE)
QUARTERS = {"JAN": (1, "January"), "APR": (4, "April"), "JUL": (7, "July"), "OCT": (10, "October")}
WHATS = ("code", "modifier")
LETTERS = frozenset("ABCEGHJKLMPQRSTV")
NOTE = re.compile(r"\s*(\d{4})--\s*(.*)")


@dataclass
class File:
    """What the file holds: records in its order, and the texts of processing notes where they came with it."""

    records: list
    notes: dict = field(default_factory=dict)


def load(path, asked, progress=quiet):
    """Load CMS's zip, or the text file or workbook in it; returns an `Outcome`."""
    edition = edition_of(Path(path), asked)
    return loading.load(edition, lambda: read(path), write, progress)


def edition_of(path, asked):
    """Which `Edition` it is, by what was asked for, else by the name of the zip or of the file in it."""
    names = [path.name, *(Path(name).name for name in files.names(path))]
    named = next(filter(None, map(NAMED.search, names)), None)
    if named is None and not (asked.edition and asked.effective_on):
        raise Refused(
            f"{path.name} does not say which edition it is: give --edition and --effective, such as "
            "--edition “2026, January” --effective 2026-01-01."
        )
    year, month = (int(named[1]), (named[2] or "").upper()) if named else (None, "")
    number, word = QUARTERS.get(month, (1, ""))
    edition = asked.edition or (f"{year}, {word}" if word else str(year))
    effective_on = asked.effective_on or date(year, number, 1)
    return loading.Edition(
        source=SOURCE,
        code_set="hcpcs",
        edition=edition,
        effective_on=effective_on,
        ends_on=asked.ends_on or end_of_quarter(effective_on),
        source_file=path.name,
        files=(path,),
        notice=NOTICE.format(edition=edition),
    )


def end_of_quarter(day):
    """The last day of the calendar quarter that holds a day."""
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + (month > 12), (month - 1) % 12 + 1, 1) - timedelta(days=1)


def read(path):
    """The `File` in a zip, a text file or a workbook; raises `Refused` with line and column."""
    names = files.names(path)
    if "xl/workbook.xml" in names:
        name = Path(path).name
        return File(hcpcs_records.read_sheet(name, xlsx.rows(path)))
    base = [Path(name).name for name in names]
    if any(re.search(TEXT, name, re.IGNORECASE) for name in base) or len(names) == 1:
        records = hcpcs_records.read(*files.text_of(path, by_base(TEXT), "cp1252"))
    else:
        with files.opened(path, by_base(WORKBOOK)) as member:
            records = hcpcs_records.read_sheet(
                member.name, xlsx.rows(io.BytesIO(member.stream.read()), name=member.name)
            )
    is_with_notes = len(names) > 1 and any(re.search(NOTES, name, re.IGNORECASE) for name in base)
    return File(records, notes(files.text_of(path, NOTES, "cp1252")[1]) if is_with_notes else {})


def by_base(pattern):
    """A pattern of a file's own name as one of its path in the zip."""
    return "(?:^|/)" + pattern.removeprefix("^")


def notes(text):
    """Number → text of the processing notes; they are printed in capitals between stars."""
    found, number = {}, None
    for line in text.split("\n"):
        said = line.strip().removesuffix("*").strip()
        begun = NOTE.fullmatch(said)
        if begun:
            number, said = begun.groups()
            found[number] = []
        if number and said:
            found[number].append(said)
    return {number: " ".join(" ".join(lines).split()) for number, lines in found.items()}


def write(this, file):
    """Write facts and notes of the edition, then what its codes said and when."""
    codes = [record.code for record in file.records if not record.is_modifier]
    this.expect(len(codes), *CODES, "HCPCS Level II codes")
    this.expect(len(file.records) - len(codes), *MODIFIERS, "modifiers")
    refuse_incomplete(this.edition.source_file, codes)
    rows, this.range_names = hcpcs_ranges.placed(codes)
    this.codes(rows)
    store(this, file)
    hcpcs_windows.rebuild(this)
    count(this, file.records)


def store(this, file):
    """Put the facts in; those of a file that this one replaces go."""
    HcpcsFact.objects.filter(release__in=this.replaced).delete()
    ProcessingNote.objects.filter(release__in=this.replaced).delete()
    names = [each.name for each in hcpcs_records.FIELDS]
    columns = ["release_id", "code", "is_modifier", "position", "lines", "long", *names]
    rows = (
        [
            this.release.pk,
            each.code,
            each.is_modifier,
            at,
            each.lines,
            each.long,
            *map(each.fields.get, names),
        ]
        for at, each in enumerate(file.records, 1)
    )
    with connection.cursor() as cursor:
        copy(cursor, HcpcsFact._meta.db_table, columns, rows)
    ProcessingNote.objects.bulk_create(
        ProcessingNote(release=this.release, number=number, text=text) for number, text in file.notes.items()
    )
    this.touched |= {HcpcsFact._meta.db_table}


def refuse_incomplete(name, codes):
    """Refuse a file that lacks all codes of a letter: it was cut short."""
    if missing := LETTERS - {code[0] for code in codes}:
        raise Refused(f"{name} has no code that begins with {min(missing)}: it is not the whole HCPCS file.")


def count(this, records):
    """Count what the edition adds, changes and ends against the one before it, and say it line by line."""
    editions = Release.objects.current().filter(source=SOURCE)
    before = editions.filter(effective_on__lt=this.edition.effective_on).first()
    after = editions.filter(effective_on__gt=this.edition.effective_on).last()
    this.release.row_count = len(records)
    this.release.added = 0 if before else len(records)
    for earlier, later in ((before, this.release), (this.release, after)):
        if earlier and later:
            tell(earlier, later)
    if before:
        for name in ReleaseChange.Change.values:
            setattr(this.release, name, this.release.changes.filter(change=name).count())


def tell(before, after):
    """Write anew what one edition changed against the one before it."""
    after.changes.filter(what__in=WHATS).delete()
    ReleaseChange.objects.bulk_create(changes_of(before, after))


def changes_of(before, after):
    """Each `ReleaseChange` from one edition to the next: codes and modifiers added, reworded and ended."""
    old, new = said_by(before), said_by(after)
    for key in sorted(old.keys() | new.keys()):
        was, what = key in old and old[key], {"what": WHATS[key[1]], "subject": key[0]}
        now = key in new and new[key]
        if now and not was:
            change = ReleaseChange(change="added", after=now[0], **what)
        elif was and was[1] is None and not (now and now[1] is None):
            change = ReleaseChange(change="ended", before=was[0], **what)
        elif was and now and was[0] != now[0]:
            change = ReleaseChange(change="changed", before=was[0], after=now[0], **what)
        else:
            continue
        change.release = after
        yield change


def said_by(release):
    """(code, whether it is a modifier) → (long text, last day) in one edition."""
    rows = HcpcsFact.objects.filter(release=release)
    return {
        (code, is_modifier): (long, terminated_on)
        for code, is_modifier, long, terminated_on in rows.values_list(
            "code", "is_modifier", "long", "terminated_on"
        )
    }


def dump(release):
    """The lines of an edition in the columns of the fixed-width file, continuations and all, 320 wide."""
    for fact in HcpcsFact.objects.filter(release=release).iterator():
        yield from hcpcs_records.dump(fact)


SOURCES = [
    Source(
        SOURCE,
        "HCPCS Level II (ANWEB): codes and modifiers, fixed width or workbook",
        "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update",
        True,
        load,
    )
]
