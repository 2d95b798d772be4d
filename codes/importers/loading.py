"""One edition of one source into the site: one transaction, all of it or nothing.

An importer says which edition its file is (`Edition`), reads it (`read(path) -> rows`, pure) and writes the
rows through a `Loading`. Readers see what was there until the transaction ends.
"""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q

from codes.importers import changes, merging, stand_ins
from codes.importers.placing import place
from codes.importers.progress import quiet
from codes.models import Code, CodeSet, Release

DAY = timedelta(days=1)


class Refused(Exception):
    """A file that is not loaded, and why, in a sentence for the operator."""


@dataclass(frozen=True)
class Edition:
    """Which edition the files are. `code_set` is set only where the source defines that set's codes."""

    source: str
    edition: str
    effective_on: date
    source_file: str
    files: tuple
    code_set: str | None = None
    ends_on: date | None = None
    notice: str = ""
    is_demonstration: bool = False

    def sha256(self):
        """One sum over all its files, and over the dates it is loaded with."""
        total = hashlib.sha256(f"{self.effective_on} {self.ends_on}".encode())
        for path in self.files:
            total.update(hashlib.sha256(Path(path).read_bytes()).digest())
        return total.hexdigest()


@dataclass
class Outcome:
    """What a load did; `is_new` is false where the same file was loaded before."""

    release: Release
    seconds: float = 0.0
    is_new: bool = True

    def __str__(self):
        release = self.release
        return (
            f"{release.source} {release.edition}: {release.row_count} rows, {release.added} added, "
            f"{release.changed} changed, {release.ended} ended, {self.seconds:.1f} s"
        )


def load(edition, read, write, progress=quiet):
    """Load an edition unless these very files are loaded; returns an `Outcome`.

    `read()` gives the rows, `write(loading, rows)` puts them in. Raises `Refused` with nothing changed.
    """
    started = time.monotonic()
    sha256 = edition.sha256()
    if release := standing(edition, sha256):
        return Outcome(unchanged(release), time.monotonic() - started, is_new=False)
    progress(0.02, "reading")
    rows = read()
    with transaction.atomic():
        lock(edition.code_set or edition.source)
        if release := standing(edition, sha256):
            return Outcome(unchanged(release), time.monotonic() - started, is_new=False)
        loading = Loading(edition, sha256, progress)
        write(loading, rows)
        loading.finish()
    tidy(loading.touched)
    progress(1, "done")
    return Outcome(loading.release, time.monotonic() - started)


def standing(edition, sha256):
    """The release that these files already made, or that a demonstration would stand in for."""
    current = Release.objects.current()
    same = Q(source=edition.source, edition=edition.edition, sha256=sha256)
    if edition.is_demonstration:
        ours = Q(code_set__slug=edition.code_set) if edition.code_set else Q(source=edition.source)
        same |= ours & Q(is_demonstration=False)
    return current.filter(same).first()


def unchanged(release):
    """The release with nothing counted as done: it is not saved."""
    release.added = release.changed = release.ended = 0
    return release


def lock(name):
    """Wait for another load of the same codes; the transaction's end lets go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 20703))", [f"load {name}"])


def tidy(tables):
    """Let the planner and the search index know what came, after the commit."""
    with connection.cursor() as cursor:
        for name in sorted(tables):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")
        if "codes_term" in tables:
            cursor.execute("SELECT gin_clean_pending_list('term_lexemes'::regclass)")


@dataclass
class Loading:
    """A load under way, inside its transaction."""

    edition: Edition
    sha256: str
    progress: callable = quiet
    touched: set = field(default_factory=set)
    keys: dict = field(default_factory=dict)
    ranges: set = field(default_factory=set)

    def __post_init__(self):
        self.code_set = self.edition.code_set and CodeSet.objects.known(self.edition.code_set)
        current = Release.objects.current()
        same = current.filter(source=self.edition.source, edition=self.edition.edition)
        self.replaced = list(same.values_list("pk", flat=True))
        same.update(state=Release.State.REPLACED)
        if not self.edition.is_demonstration:
            stand_ins.remove_facts(self.edition.source)
        replaces_ours = self.code_set and not self.edition.is_demonstration
        self.took_demonstration = replaces_ours and stand_ins.remove(self.code_set)
        self.release = Release.objects.create(
            source=self.edition.source,
            code_set=self.code_set,
            edition=self.edition.edition,
            effective_on=self.edition.effective_on,
            ends_on=self.edition.ends_on,
            is_demonstration=self.edition.is_demonstration,
            notice=self.edition.notice,
            source_file=self.edition.source_file,
            sha256=self.sha256,
        )

    def expect(self, count, least, most, what):
        """Refuse the file when a count leaves the range that such files have had."""
        if not least <= count <= most:
            raise Refused(
                f"{self.edition.source_file} has {count:,} {what}; between {least:,} and {most:,} were "
                "expected, so nothing was loaded. See that it is the whole file of this source."
            )

    def codes(self, rows, decides=None):
        """Give every `CodeRow` its code; to be called before rows that name codes are merged.

        The newest edition of the code set says where codes stand, or that of the source that `decides`.
        """
        editions = Release.objects.current().filter(code_set=self.code_set)
        if decides:
            editions = editions.filter(source=decides)
        is_newest = not editions.filter(effective_on__gt=self.edition.effective_on).exists()
        self.keys = place(self.code_set, rows, is_newest)
        self.ranges = {row.code for row in rows if row.kind == "range"}
        stand_ins.give_way([self.keys[row.code] for row in rows], self.edition.effective_on)
        self.touched.add("codes_code")

    def know_codes(self, slug):
        """Know the codes of a code set that another source defines, for rows that name them; returns the code set."""
        code_set = CodeSet.objects.known(slug)
        self.keys = dict(Code.objects.filter(code_set=code_set).values_list("code", "pk"))
        return code_set

    def merge(self, table, rows, is_main=False):
        """Make the table say these rows over the edition's days: see `codes.importers.merging`.

        `rows` are tuples in the order of `table.columns`, with the code itself where that says `code_id`.
        Those of the main table are counted on the release, ranges aside.
        """
        if is_main:
            self.release.row_count = sum(row[0] not in self.ranges for row in rows)
        if table.by_code:
            rows = [(self.keys[row[0]], *row[1:]) for row in rows]
        span = self.span(table)
        counts = merging.merge(table, span, rows)
        if table.told:
            changes.record(table, span)
        self.touched.add(table.model._meta.db_table)
        if is_main:
            is_first = counts is None
            self.release.added = self.release.row_count if is_first else counts.added
            self.release.changed, self.release.ended = (0, 0) if is_first else (counts.changed, counts.ended)

    def span(self, table):
        """The days for which the edition speaks in a table, among the editions of its chain."""
        chain = Release.objects.exclude(pk=self.release.pk)
        if table.per == "code_set":
            chain = chain.filter(code_set=self.code_set)
        else:
            chain = chain.filter(source=self.edition.source)
        current = [each for each in chain if each.state == Release.State.CURRENT]
        first, ends_on = self.edition.effective_on, self.edition.ends_on
        after = min((each.effective_on for each in current if each.effective_on > first), default=None)
        last = after and after - DAY
        if table.closes and ends_on:
            last = min(last or ends_on, ends_on)
        return merging.Span(
            release=self.release.pk,
            first=first,
            last=last,
            chain=(*(each.pk for each in chain), self.release.pk),
            follows=any(each.effective_on < first and reaches(each.ends_on, first) for each in current),
            leads=after is not None and reaches(ends_on, after),
        )

    def finish(self):
        """Show the release; a file that it replaces hands its rows on."""
        for table in self.touched - {"codes_code"}:
            self.take_over(connection.ops.quote_name(table))
        if self.took_demonstration:
            stand_ins.forget_the_wordless(self.code_set)
        self.release.state = Release.State.CURRENT
        self.release.save()

    def take_over(self, table):
        """Name this release on rows that a replaced file of the same edition gave."""
        if self.replaced:
            with connection.cursor() as cursor:
                statement = f"UPDATE {table} SET release_id = %s WHERE release_id = ANY(%s)"  # noqa: S608
                cursor.execute(statement, [self.release.pk, self.replaced])


def reaches(ends_on, day):
    """Whether an edition that ends then leaves no day before `day` open."""
    return ends_on is None or ends_on >= day - DAY
