"""The twelve payment indicators of Medicare's fee schedule: what each value means, and the modifiers it admits.

After the record layout of CMS's relative value file and the Medicare Claims Processing Manual, chapters 12 and 23.
`meanings` maps a value to (meaning, modifiers that it admits); `silent` are values that say that the concept does not
apply.
"""

from dataclasses import dataclass, field

NOT_DESCRIBED = ("Not described in the layout that this page was written from.", ())


@dataclass(frozen=True)
class Indicator:
    """One indicator: the column of `RelativeValue`, its name, its values."""

    column: str
    name: str
    meanings: dict
    silent: frozenset = field(default_factory=frozenset)

    def meaning(self, value):
        """What a value means, in a sentence."""
        return self.meanings.get(value, NOT_DESCRIBED)[0]

    def admits(self, value):
        """The modifiers that a value admits."""
        return self.meanings.get(value, NOT_DESCRIBED)[1]


SILENCE = ("Concept does not apply.", ())
ASSISTANTS = ("80", "81", "82", "AS")
SIDES = ("50", "LT", "RT")

STATUS = Indicator(
    "status",
    "Status",
    {
        "A": ("Active: eligible for payment under the fee schedule if covered.", ()),
        "B": (
            "Bundled: payment is always part of payment for other services, even without them that day.",
            (),
        ),
        "C": ("Contractors price the code: the MAC sets the amount, often by report.", ()),
        "D": ("Deleted code.", ()),
        "E": ("Excluded from the fee schedule by regulation; another schedule may pay for it.", ()),
        "F": ("Deleted or discontinued code; no grace period.", ()),
        "G": ("Not valid for Medicare; Medicare uses another code for these services.", ()),
        "H": ("Deleted modifier: a component that is no longer told apart.", ()),
        "I": ("Not valid for Medicare purposes; Medicare uses another code for these services.", ()),
        "J": ("Anesthesia service: base and time units, no RVUs.", ("AA", "AD", "QK", "QX", "QY", "QZ")),
        "M": ("Measurement code: for reporting only.", ()),
        "N": ("Non-covered service.", ()),
        "P": ("Bundled or excluded: part of another service that day, else excluded from the schedule.", ()),
        "R": (
            "Restricted coverage: special coverage instructions apply; without RVUs the MAC prices it.",
            (),
        ),
        "T": (
            "Eligible for payment only where the same practitioner bills nothing else under the schedule that day.",
            (),
        ),
        "X": ("Excluded by statute from physician services; another benefit may pay for it.", ()),
    },
)
GLOBAL = Indicator(
    "global_days",
    "Global days",
    {
        "000": (
            "Endoscopic or minor procedure: its own day is the package. A visit that day is generally denied; a "
            "significant, separately identifiable one takes 25.",
            ("25", "58", "78", "79"),
        ),
        "010": (
            "Minor procedure: its own day and the 10 days after it. A visit that day is generally denied; a "
            "significant, separately identifiable one takes 25.",
            ("24", "25", "54", "55", "56", "58", "78", "79"),
        ),
        "090": (
            "Major procedure: the day before it, its own day, and the 90 days after it. The visit at which it was "
            "decided on takes 57.",
            ("24", "25", "54", "55", "56", "57", "58", "78", "79"),
        ),
        "MMM": ("Maternity code: the usual global period does not apply.", ()),
        "XXX": ("The global concept does not apply.", ()),
        "YYY": ("The MAC decides whether the global concept applies, and sets the days after.", ()),
        "ZZZ": ("Billed with another service, and always inside that one’s global period.", ()),
    },
    frozenset({"XXX"}),
)
PACKAGE = Indicator(
    "package",
    "Shares of the package",
    {"split": ("Who gives one part only is eligible for its share.", ("54", "55", "56"))},
    frozenset({""}),
)
MULTIPLE = Indicator(
    "multiple_procedures",
    "Multiple procedures",
    {
        "0": ("No reduction beside other procedures that day.", ()),
        "1": ("The standard reduction of before 1995: 100 % of the highest, then 50 % and 25 %.", ("51",)),
        "2": ("100 % of the highest, 50 % for the second to fifth, then by report.", ("51",)),
        "3": (
            "Endoscopies of one family: the highest in full, each other less the value of the base endoscopy.",
            ("51",),
        ),
        "4": (
            "Imaging in one session: 50 % off the technical part and 5 % off the professional part of all but the "
            "highest.",
            (),
        ),
        "5": ("Therapy: 50 % off the practice expense of all but the highest unit that day.", ()),
        "6": ("Cardiovascular tests: 25 % off the technical part of all but the highest that day.", ()),
        "7": ("Eye tests: 20 % off the technical part of all but the highest that day.", ()),
        "9": SILENCE,
    },
    frozenset({"9"}),
)
BASE = Indicator(
    "endoscopic_base",
    "Endoscopic base",
    {"code": ("The base endoscopy of its family, whose value is taken off further ones.", ("51",))},
    frozenset({""}),
)
BILATERAL = Indicator(
    "bilateral",
    "Bilateral",
    {
        "0": ("No 150 % payment: with 50, or RT and LT, at most 100 % of one code.", ()),
        "1": ("Both sides in one session: 150 % of one code.", SIDES),
        "2": ("The RVUs are of both sides already: 100 % of one code.", ()),
        "3": ("Each side is eligible for 100 %: no 150 % rule.", SIDES),
        "9": SILENCE,
    },
    frozenset({"9"}),
)
ASSISTANT = Indicator(
    "assistant",
    "Assistant at surgery",
    {
        "0": ("Denied unless documents show medical necessity.", ASSISTANTS),
        "1": ("By statute no payment for an assistant.", ()),
        "2": ("Eligible for payment.", ASSISTANTS),
        "9": SILENCE,
    },
    frozenset({"9"}),
)
CO_SURGEONS = Indicator(
    "co_surgeons",
    "Co-surgeons",
    {
        "0": ("Not permitted.", ()),
        "1": ("Possible: documents must show why two surgeons were needed.", ("62",)),
        "2": ("Permitted: no documents where the two are of different specialties.", ("62",)),
        "9": SILENCE,
    },
    frozenset({"9"}),
)
TEAM = Indicator(
    "team",
    "Team",
    {
        "0": ("Not permitted.", ()),
        "1": ("Possible: documents must show why a team was needed; by report.", ("66",)),
        "2": ("Permitted: by report.", ("66",)),
        "9": SILENCE,
    },
    frozenset({"9"}),
)
PCTC = Indicator(
    "pctc",
    "PC/TC",
    {
        "0": ("Physician service: 26 and TC do not apply.", ()),
        "1": ("Diagnostic test with a professional and a technical component.", ("26", "TC")),
        "2": ("Professional component only: 26 and TC do not apply.", ()),
        "3": ("Technical component only: 26 and TC do not apply.", ()),
        "4": ("Whole test only: other codes stand for its components.", ()),
        "5": (
            "Incident to a physician’s service: no physician payment in a hospital; 26 and TC do not apply.",
            (),
        ),
        "6": (
            "Laboratory test that a physician interprets: 26 for the interpretation, TC does not apply.",
            ("26",),
        ),
        "7": ("Therapy: no payment to an independent therapist for hospital patients.", ()),
        "8": (
            "Physician’s reading of an abnormal smear of a hospital inpatient; TC does not apply.",
            ("26",),
        ),
        "9": SILENCE,
    },
    frozenset({"9"}),
)
SUPERVISION = Indicator(
    "supervision",
    "Supervision of diagnostic tests",
    {
        "01": ("General supervision by a physician.", ()),
        "02": ("Direct supervision by a physician.", ()),
        "03": ("Personal supervision by a physician.", ()),
        "04": (
            "None where a qualified independent or clinical psychologist does it, else general supervision.",
            (),
        ),
        "05": (
            "None where a qualified audiologist, physician or practitioner does it, else direct supervision.",
            (),
        ),
        "06": ("Done by a physician, or by a physical therapist certified in electrophysiology.", ()),
        "21": ("General supervision of a certified technician, else direct supervision.", ()),
        "22": ("A technician in on-line contact with a physician at the time.", ()),
        "66": ("Done by a physician, or by a physical therapist certified in this procedure.", ()),
        "6A": ("As 66; the certified therapist may supervise another one, but only the former bills.", ()),
        "77": ("A certified therapist, or one under direct or a technician under general supervision.", ()),
        "7A": ("As 77; the certified therapist may supervise another one, but only the former bills.", ()),
        "09": SILENCE,
    },
    frozenset({"09", "", "9"}),
)
IMAGING = Indicator(
    "imaging_family",
    "Imaging family",
    {
        "88": ("In the reduction for several images in one session (see multiple procedures 4).", ()),
        "99": SILENCE,
    },
    frozenset({"99", "", "9"}),
)
INDICATORS = (
    STATUS,
    GLOBAL,
    PACKAGE,
    MULTIPLE,
    BASE,
    BILATERAL,
    ASSISTANT,
    CO_SURGEONS,
    TEAM,
    PCTC,
    SUPERVISION,
    IMAGING,
)
DAYS_AFTER = {"000": 0, "010": 10, "090": 90}
DAYS_BEFORE = {"090": 1}


def admitting(modifier):
    """The indicators and values that admit a modifier, as (indicator, value, meaning)."""
    return [
        (indicator, value, meaning)
        for indicator in INDICATORS
        for value, (meaning, modifiers) in indicator.meanings.items()
        if modifier in modifiers
    ]
