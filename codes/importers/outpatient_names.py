"""Codes that the outpatient code editor names: their place on the site, and CMS's short words of HCPCS Level II codes.

Words are CMS's own for these codes only; they stand until the HCPCS file with the whole descriptors is loaded.
"""

from django.db import connection

from codes.importers import cpt_numbers
from codes.importers.merging import copy

OURS = cpt_numbers.NUMBERS["hcpcs"]  # D codes and CPT numbers have words of the ADA and the AMA
STAGE = (
    'CREATE TEMPORARY TABLE told (code text COLLATE "C" PRIMARY KEY, first date, words text) ON COMMIT DROP'
)
# what files without words gave; the first day that any of them names goes furthest back
NAME = """
UPDATE codes_descriptor AS said SET effective_on = LEAST(said.effective_on, told.first), short = told.words,
    long = told.words, release_id = CASE WHEN told.words = '' THEN said.release_id ELSE %(release)s END
FROM told JOIN codes_code AS code ON code.code = told.code AND code.kind = 'code'
JOIN codes_codeset AS owning ON owning.id = code.code_set_id AND owning.slug IN ('cpt', 'hcpcs')
WHERE said.code_id = code.id
    AND (SELECT code_set_id FROM codes_release WHERE codes_release.id = said.release_id) IS NULL
    AND NOT EXISTS (SELECT FROM codes_descriptor AS other
        WHERE other.code_id = said.code_id AND other.effective_on < said.effective_on)
"""
FORGET = "DELETE FROM codes_term WHERE release_id IN (SELECT id FROM codes_release WHERE source = %(source)s)"
FIND_BY = """
INSERT INTO codes_term (code_id, release_id, effective_on, terminated_on, source, text)
SELECT code_id, release_id, effective_on, terminated_on, 'title', long FROM codes_descriptor
WHERE release_id = %(release)s AND long <> ''
"""
DROP = "DROP TABLE told"


def words_of(code, row):
    """CMS's short words of a row about an HCPCS Level II code; empty for every other code, whatever the row has."""
    return " ".join(row["description"].split()) if OURS.fullmatch(code) else ""


def ensure(this, firsts, words, since):
    """Give codes their place and, where there are any, their words.

    `firsts` is code → first day that the tables name it, `words` code → words, `since` a day on which all stand.
    """
    cpt_numbers.ensure(this, firsts, since=since)
    values = {"release": this.release.pk, "source": this.edition.source}
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        copy(cursor, "told", ("code", "first", "words"), told(firsts, words))
        for statement in (NAME, FORGET, FIND_BY, DROP):
            cursor.execute(statement, values)
    this.touched.add("codes_term")


def told(firsts, words):
    """The rows of the temporary table."""
    return ((code, first, words.get(code, "")) for code, first in firsts.items())
