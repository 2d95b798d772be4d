"""CMS's order files of ICD-10-CM and ICD-10-PCS: one fixed-width line a code or header, read and written.

Columns, from 1: 1–5 order, 7–13 code, 15 flag (0 header, 1 valid), 17–76 short, 78– long title; latin-1.
"""

import re
from typing import NamedTuple

from django.db import connection

from codes.importers import files
from codes.importers.loading import Refused

LINE = re.compile(r"(\d{5}) ([A-Z0-9]{3,7} {0,4}) ([01]) (.{60}) (\S.*)")
# where each part begins, for the sentence that refuses a line
PARTS = ((r"\d{5} ", 1, "an order number of five digits"), (r".{6}[A-Z0-9]{3,7} {0,4} ", 7, "a code"))
PARTS += ((r".{14}[01] ", 15, "the flag 0 or 1"), (r".{77}\S", 78, "a long title"))
WRITTEN = """
SELECT code.code, said.billable, said.short, said.long
FROM codes_code AS code JOIN codes_codeset AS code_set ON code_set.id = code.code_set_id
JOIN codes_descriptor AS said ON said.code_id = code.id
    AND said.effective_on <= %(on)s AND COALESCE(said.terminated_on, 'infinity') >= %(on)s
WHERE code_set.slug = %(code_set)s AND (code.kind = 'code' OR length(code.code) = 3)
ORDER BY code.position, code.code
"""


class OrderLine(NamedTuple):
    """A line of an order file."""

    code: str
    is_valid: bool
    short: str
    long: str


def read(path, pattern):
    """(name, lines) of an order file, plain or in its zip; raises `Refused` with line and column."""
    name, text = files.text_of(path, pattern, "latin-1")
    if not text.endswith("\n"):
        raise Refused(
            f"{files.where(name, text.count(chr(10)) + 1)}: the file ends within a line. {files.AGAIN}"
        )
    lines = [line_of(line, name, number) for number, line in enumerate(text[:-1].split("\n"), 1)]
    refuse_twice(lines, name)
    return name, lines


def name_of(path, pattern):
    """The name of the order file itself, out of its zip where it is in one."""
    with files.opened(path, pattern) as member:
        return member.name


def line_of(line, name, number):
    """An `OrderLine` out of a line of text."""
    found = LINE.fullmatch(line)
    if not found:
        raise Refused(wrong(line, name, number))
    if int(found[1]) != number:
        place = files.where(name, number, 1)
        raise Refused(
            f"{place}: the order number is {int(found[1])}, not {number}. Lines are missing or doubled."
        )
    return OrderLine(found[2].rstrip(), found[3] == "1", found[4].rstrip(), found[5].rstrip())


def wrong(line, name, number):
    """The sentence for a line that is in another layout."""
    column, expected = next(
        ((column, expected) for part, column, expected in PARTS if not re.match(part, line)),
        (17, "a short title"),
    )
    return (
        f"{files.where(name, number, column)}: {expected} was expected; this line is in another layout than CMS's "
        "order files have."
    )


def refuse_twice(lines, name):
    """Refuse a file that has a code on two lines."""
    seen = set()
    for number, line in enumerate(lines, 1):
        if line.code in seen:
            raise Refused(f"{files.where(name, number, 7)}: the code {line.code} stands twice.")
        seen.add(line.code)


def written(code_set, on):
    """The lines of an order file as the site has it on a day, in the file's own columns."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, {"code_set": code_set, "on": on})
        for number, (code, is_valid, short, long) in enumerate(cursor, 1):
            yield f"{number:05} {code:<7} {is_valid:d} {short:<60} {long}\r\n"
