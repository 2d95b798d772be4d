"""CSV files of CMS as rows with their line numbers, and cells checked against what a column may hold."""

import csv
import io
import re
from dataclasses import dataclass

from codes.importers import files
from codes.importers.loading import Refused

AS_PUBLISHED = "See that it is the file as published."


@dataclass(frozen=True)
class Column:
    """A column of a file: its heading, what its cells look like (a regular expression), and that in words."""

    heading: str
    pattern: re.Pattern
    what: str


@dataclass(frozen=True)
class Sheet:
    """A CSV file: its name, and its rows as (line number, stripped cells); empty rows are left out."""

    name: str
    rows: list

    def heading(self, first):
        """The place among the rows of the heading, whose first cell begins so; raises `Refused` where there is none."""
        for at, (_, cells) in enumerate(self.rows):
            if cells[0].upper().startswith(first.upper()):
                return at
        raise Refused(f"{self.name}: no line begins with “{first}”, the heading of this file. {AS_PUBLISHED}")

    def below(self, at):
        """The rows below the heading that hold more than a remark."""
        return [(line, cells) for line, cells in self.rows[at + 1 :] if sum(map(bool, cells)) > 2]

    def checked(self, line, cells, columns):
        """The cells of a row, as many as columns, each as its column wants it; raises `Refused` where one is not."""
        if len(cells) != len(columns):
            raise Refused(
                f"{files.where(self.name, line)}: it has {len(cells)} cells, not {len(columns)}. {AS_PUBLISHED}"
            )
        for at, (cell, column) in enumerate(zip(cells, columns, strict=True), 1):
            if not column.pattern.fullmatch(cell):
                raise self.wrong(line, at, cell, column)
        return cells

    def wrong(self, line, at, cell, column):
        """The refusal of one cell."""
        place = files.where(self.name, line, at)
        return Refused(f"{place} ({column.heading}): “{cell[:20]}” is not {column.what}. {AS_PUBLISHED}")


def read(path, pattern):
    """The `Sheet` of the one file whose name matches the pattern."""
    name, text = files.text_of(path, pattern, "cp1252")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                rows.append((reader.line_num, stripped))
    except csv.Error as error:
        raise Refused(
            f"{files.where(name, reader.line_num)}: it is no CSV ({error}). {AS_PUBLISHED}"
        ) from error
    return Sheet(name, rows)


def refuse_twice(name, rows, key):
    """Raise `Refused` where two rows (their line number first) are about the same thing."""
    seen = {}
    for line, row in rows:
        if key(row) in seen:
            told = " ".join(filter(None, key(row)))
            raise Refused(
                f"{files.where(name, line)}: {told} stands in line {seen[key(row)]} already. {AS_PUBLISHED}"
            )
        seen[key(row)] = line
