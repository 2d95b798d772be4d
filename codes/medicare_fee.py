"""Medicare's fee for a procedure: (work × GPCI + practice expense × GPCI + malpractice × GPCI) × conversion factor.

Pure and exact: everything is `Decimal`, the product is rounded once, half up, to the cent. `line` is a row of the
relative value file as a dictionary, `geography` holds `work`, `practice_expense` and `malpractice` indices.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ONE = Decimal("1.000")
NATIONAL = {"work": ONE, "practice_expense": ONE, "malpractice": ONE}
SETTINGS = ("nonfacility", "facility")
PRICED = "ART"  # status indicators whose RVUs Medicare pays by
MINUTES = (30, 60, 90, 120)
MINUTES_A_UNIT = 15
BY_MAC = "priced by the MAC"
ELSEWHERE = "not under this schedule; another may pay"
BUNDLED = "bundled into other services"
REASONS = {
    "B": BUNDLED,
    "C": BY_MAC,
    "D": "deleted",
    "E": ELSEWHERE,
    "F": "deleted",
    "G": "not valid for Medicare; another code is used",
    "H": "deleted",
    "I": "not valid for Medicare",
    "J": "anesthesia: base and time units",
    "M": "measurement only",
    "N": "not covered by Medicare",
    "P": BUNDLED,
    "R": BY_MAC,
    "X": ELSEWHERE,
}


@dataclass(frozen=True)
class Term:
    """One line of the arithmetic: units × index, unrounded."""

    name: str
    index: Decimal
    units: Decimal

    @property
    def product(self):
        """What the line adds to the sum, in units."""
        return self.index * self.units


def terms(line, geography, setting):
    """The three lines of the arithmetic in one setting."""
    return (
        Term("Work", geography["work"], line["work"]),
        Term("Practice expense", geography["practice_expense"], line[f"{setting}_pe"]),
        Term("Malpractice", geography["malpractice"], line["malpractice"]),
    )


def total(line, geography, setting):
    """The sum of the three lines, unrounded units."""
    return sum(term.product for term in terms(line, geography, setting))


def cents(dollars):
    """Dollars rounded half up to the cent."""
    return dollars.quantize(CENT, ROUND_HALF_UP)


def amount(line, geography, setting, factor="conversion_factor"):
    """The fee in dollars; None where none is worked out: see `reason`."""
    if reason(line, setting):
        return None
    return cents(total(line, geography, setting) * line[factor])


def reason(line, setting):
    """Why there is no amount, in words (`NA` where the file says so); empty where there is one."""
    is_priced = line["status"] in PRICED and total(line, NATIONAL, setting) > 0
    why = "" if is_priced else REASONS.get(line["status"], "no RVUs are published")
    if line[f"{setting}_na"]:
        return f"NA: {why}" if why else "NA"
    return why


def in_words(line, geography, setting, factor="conversion_factor"):
    """The amount as `$1,011.83`, or the reason why there is none."""
    return reason(line, setting) or dollars(amount(line, geography, setting, factor))


def dollars(sum_of_money):
    """`$1,011.83`."""
    return f"${sum_of_money:,.2f}"


def anesthesia(base, factor):
    """(minutes, time units, units in all, dollars rounded to the cent) for some lengths of anesthesia."""
    return [
        (minutes, units, base + units, cents((base + units) * factor))
        for minutes in MINUTES
        for units in [minutes // MINUTES_A_UNIT]
    ]
