"""NCCI's rules in words: which edition answers, what an indicator means, which modifiers it admits."""

from dataclasses import dataclass
from datetime import date

from codes.demonstration_codes import demonstration_codes
from codes.editions import Edition
from codes.names import address

PTP = {1: "ptp-practitioner", 2: "ptp-hospital"}
STANDS_IN = {"ptp-hospital": "oce-pairs"}  # a source of less, until the file itself is loaded
SETTINGS = {1: "Practitioner", 2: "Hospital outpatient"}
SETTING_WORDS = {1: "practitioner", 2: "hospital"}
MUE = {
    "practitioner": "mue-practitioner",
    "outpatient": "mue-outpatient",
    "dme": "mue-dme",
}
MUE_SETTINGS = {
    "practitioner": "Practitioner",
    "outpatient": "Hospital outpatient",
    "dme": "Equipment supplier",
}
INDICATORS = {0: "0, no modifier lifts it", 1: "1, a modifier may lift it", 9: "9, never in force"}
MAIS = {
    1: "1, by claim line: further units on a line of their own with a fitting modifier",
    2: "2, by date of service: absolute",
    3: "3, by date of service: further units can be appealed with their medical need shown",
}
ADDON_TYPES = {
    1: "1: the primary codes are this list",
    2: "2: the contractor says which primary codes",
    3: "3: this list, and those the contractor adds",
}
MODIFIERS = (
    (
        "Anatomic",
        "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD LM RC RI",
    ),
    ("Visit and global period", "24 25 57 58 78 79"),
    ("Other", "27 59 91 XE XS XP XU"),
)
EITHER_CODE_SINCE = date(2019, 7, 1)  # 59 and the X modifiers, practitioner edits


@dataclass(frozen=True)
class Answering:
    """Which edition answers for a day; `edition` is None where none does, and `silence` says why."""

    source: str
    edition: Edition | None
    day: date | None
    silence: str = ""

    @property
    def command(self):
        """What an operator types to load the file."""
        return f"import_release {self.source} FILE"

    @property
    def what(self):
        """`practitioner edits`, for a sentence."""
        return f"{self.source.partition('-')[2]} edits"

    @property
    def quarter_begins(self):
        """The first day of the edition's own quarter: the only days for which a row without a start is known."""
        return first_of_quarter(self.edition.ends_on)

    @property
    def name(self):
        """`2024 Q3`: the edition without what else its label says."""
        return self.edition.label.partition(",")[0]


def first_of_quarter(day):
    """The first day of a day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def answering(editions, source, *codes):
    """Which edition of a source answers about these codes on the day asked for, or on its own last day.

    Edits of pairs carry their history, so the one that reaches furthest answers for every day before its end.
    """
    loaded = editions.of_source(source) or editions.of_source(STANDS_IN.get(source))
    if not loaded:
        return Answering(source, None, None, "not loaded")
    newest = max(loaded, key=lambda edition: edition.ends_on)
    if newest.is_demonstration and not demonstration_codes().issuperset(codes):
        said = f"not loaded for these codes: only a demonstration of {newest.label.partition(',')[0]} is"
        return Answering(source, None, None, said)
    if editions.dos is None:
        return Answering(source, newest, newest.ends_on)
    holding = [newest] if source in PTP.values() else loaded
    edition = next((each for each in holding if each.holds(editions.dos)), None)
    if edition:
        return Answering(source, edition, editions.dos)
    return Answering(source, None, None, outside(editions.dos, loaded, newest))


def outside(dos, loaded, newest):
    """Why no edition answers for a day."""
    if newest.source == "aoc" and dos < newest.effective_on:
        return f"in the {newest.label} list; whether it stood on {dos} is not in it"
    first, last = min(each.effective_on for each in loaded), newest.ends_on
    return f"not loaded for {dos}: the loaded editions reach from {first} to {last}"


def which_modifiers(setting, day, is_visit):
    """How a modifier has to be put for an edit with indicator 1 to be lifted, in a sentence."""
    if is_visit:
        return "For a visit code 24, 25 or 57 on the visit; else an anatomic modifier, 59 or XE, XS, XP, XU."
    either = setting == 1 and day >= EITHER_CODE_SINCE
    where = "on either code" if either else "on the column 2 code"
    return (
        f"An anatomic modifier, or 59 or XE, XS, XP, XU {where}; 58, 78 or 79 inside a global period; 91 for a "
        "laboratory test done again."
    )


def code_address(code):
    """Where the page of a number that a file names is; empty for those that have none (CDT, no code at all)."""
    if not code[1:4].isdigit() or code[0] == "D":
        return ""
    return address("hcpcs" if code[0].isalpha() else "cpt", code)


def is_visit(code):
    """Whether a code is a visit (evaluation and management) by its number."""
    return "99202" <= code <= "99499" or code in {"92002", "92004", "92012", "92014"}
