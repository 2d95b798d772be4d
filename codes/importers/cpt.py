"""CPT from the AMA's own files, under the operator's licence: words for the official description and for the search.

Nothing of them stands anywhere else on the site: ranges are named in our own words, and clinicians' and consumers'
wordings are searched and never shown.
"""

import re
from datetime import date
from pathlib import Path

from codes.importers import cpt_files, cpt_ranges, loading
from codes.importers.loading import Refused
from codes.importers.merging import DESCRIPTORS, TITLES, Table
from codes.importers.progress import quiet
from codes.importers.sources import Source
from codes.models import Term

SOURCE = "cpt"
LEAST, MOST = 9_000, 16_000  # editions since 2015 had about 10,000 to 11,500 codes
NOTICE = "© Copyright {} American Medical Association. All rights reserved."
CONSUMER_TERMS = Table(Term, ("code_id",), ("source", "text"), where="t.source = 'consumer'", closes=True)
CLINICIAN_TERMS = Table(Term, ("code_id",), ("source", "text"), where="t.source = 'clinician'", closes=True)


def load(path, asked, progress=quiet):
    """Load a folder or zip of the AMA's files; returns an `Outcome`."""
    path = Path(path)
    found = cpt_files.texts(path)
    edition = edition_of(path, found, asked)
    return loading.load(edition, lambda: cpt_files.read(found), write, progress)


def edition_of(path, found, asked):
    """The calendar year: as asked, as the folder's name says, or as the heading of LONGULT does."""
    told = asked.edition or named_year(path.name) or named_year(heading_year(cpt_files.heading_of(found)))
    if not told or not (named_year(told) or asked.effective_on):
        raise Refused(
            f"{path.name} does not say of which year the files are: give --edition, such as --edition 2026."
        )
    year = int(named_year(told) or asked.effective_on.year)
    return loading.Edition(
        source=SOURCE,
        code_set="cpt",
        edition=told,
        effective_on=asked.effective_on or date(year, 1, 1),
        ends_on=asked.ends_on or date(year, 12, 31),
        source_file=path.name,
        files=sorted_files(path),
        notice=NOTICE.format(year),
    )


def named_year(text):
    """The one year that a name has; empty where it has none or several."""
    years = set(cpt_files.EDITION.findall(text))
    return years.pop() if len(years) == 1 else ""


def heading_year(heading):
    """The words of a heading around the edition: `CPT 2026`; a copyright line names another year."""
    said = re.search(r"CPT\W{0,3}(?:data file\W*)?(?:for\W*)?20\d\d", heading)
    return said[0] if said else ""


def sorted_files(path):
    """The files that the edition's sum is made over."""
    if not path.is_dir():
        return (path,)
    return tuple(
        sorted(each for each in path.rglob("*") if each.is_file() and cpt_files.is_wanted(each.name))
    )


def write(this, words):
    """Write codes, descriptors and the words that are searched."""
    this.expect(len(words.long), LEAST, MOST, "CPT codes")
    rows, names = cpt_ranges.placed(words.long)
    this.progress(0.2, "codes")
    this.codes(rows)
    ranges = [(span, False, None, name, "", name) for span, name in names.items()]
    codes = [
        (code, True, None, words.short[code], words.medium[code], text) for code, text in words.long.items()
    ]
    this.merge(DESCRIPTORS, ranges + codes, is_main=True)
    this.progress(0.6, "words for the search")
    titles = [(span, "title", name) for span, name in names.items()]
    this.merge(TITLES, titles + [(code, "title", text) for code, text in words.long.items()])
    this.merge(CONSUMER_TERMS, searched(this, words.consumer, "consumer"))
    this.merge(CLINICIAN_TERMS, searched(this, words.clinician, "clinician"))


def searched(this, found, source):
    """Rows of terms for codes that the edition has, each text once."""
    return [(code, source, text) for code, text in dict.fromkeys(found) if code in this.keys]


SOURCES = [
    Source(
        SOURCE,
        "CPT, a folder of the AMA’s files (SHORTU, MEDU, LONGULT and more); needs your licence",
        "https://www.ama-assn.org/practice-management/cpt",
        False,
        load,
    )
]
