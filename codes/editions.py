"""Which loaded edition answers for a date of service."""

from dataclasses import dataclass
from datetime import date

# sources whose files tell their rows' own days: they answer from the first of them to the edition's end
CARRY_THEIR_HISTORY = frozenset({"hcpcs", "ptp-practitioner", "ptp-hospital"})


@dataclass(frozen=True)
class Edition:
    """A loaded release, as the page names it."""

    pk: int
    source: str
    code_set: str
    label: str
    effective_on: date
    ends_on: date | None
    is_demonstration: bool
    notice: str

    def holds(self, day):
        """Whether the edition answers for this day."""
        return self.effective_on <= day and (self.ends_on is None or day <= self.ends_on)

    def reaches_back_to(self, day):
        """Whether the edition, begun later, tells of this day by its rows' own days."""
        return self.source in CARRY_THEIR_HISTORY and day < self.effective_on

    @property
    def days(self):
        """Its days in words: `2026-04-01 to 2026-09-30`, `from 2021-01-01`."""
        return f"{self.effective_on} to {self.ends_on}" if self.ends_on else f"from {self.effective_on}"


class Editions:
    """The loaded editions, asked for one date of service (`dos`, or None: the latest of each) on the day `today`."""

    def __init__(self, editions, dos, today):
        self.all = sorted(editions, key=lambda edition: (edition.effective_on, edition.pk), reverse=True)
        self.dos = dos
        self.today = today

    def of_code_set(self, slug):
        """Editions that define the codes of this code set, the latest first."""
        return [edition for edition in self.all if edition.code_set == slug]

    def of_source(self, source):
        """Editions that this importer loaded, the latest first."""
        return [edition for edition in self.all if edition.source == source]

    def answer(self, editions):
        """The edition among these that answers: the one that holds `dos`, else the first after it that carries its
        history; without `dos` the latest; None where none does."""
        if self.dos is None:
            return next(iter(editions), None)
        holding = (edition for edition in editions if edition.holds(self.dos))
        later = (edition for edition in reversed(editions) if edition.reaches_back_to(self.dos))
        return next(holding, None) or next(later, None)

    def day(self, editions):
        """The day to ask these editions' rows for: `dos`, or the last day of the latest edition; None if none is
        loaded. An open edition is asked for today."""
        if self.dos is not None or not editions:
            return self.dos
        latest = editions[0]
        return latest.ends_on or max(self.today, latest.effective_on)

    @staticmethod
    def span(editions):
        """`from … to …` of all these editions, in words; empty where none is loaded."""
        if not editions:
            return ""
        ends = (
            None if any(edition.ends_on is None for edition in editions) else max(e.ends_on for e in editions)
        )
        if ends and any(edition.source in CARRY_THEIR_HISTORY for edition in editions):
            return f"up to {ends}"
        first = min(edition.effective_on for edition in editions)
        return f"from {first} to {ends}" if ends else f"from {first}"
