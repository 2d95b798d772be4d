"""The seven characters of an ICD-10-PCS code: what each position means in each section, and its value in words."""

from functools import cache
from typing import NamedTuple

# Names of positions 4 to 7 as the code tables print them; position 1 is the section everywhere.
PROCEDURE = ("Body System", "Operation", "Body Part", "Approach", "Device", "Qualifier")
PLACEMENT = ("Body System", "Operation", "Body Region", "Approach", "Device", "Qualifier")
METHOD = ("Body System", "Operation", "Body Region", "Approach", "Method", "Qualifier")
CARE = ("Body System", "Type", "Qualifier", "Qualifier", "Qualifier", "Qualifier")
AXES = {
    "0": PROCEDURE,
    "1": PROCEDURE,
    "2": PLACEMENT,
    "3": ("Body System", "Operation", "Body System / Region", "Approach", "Substance", "Qualifier"),
    "4": ("Body System", "Operation", "Body System", "Approach", "Function / Device", "Qualifier"),
    "5": ("Body System", "Operation", "Body System", "Duration", "Function", "Qualifier"),
    "6": ("Body System", "Operation", "Body System", "Duration", "Qualifier", "Qualifier"),
    "7": METHOD,
    "8": METHOD,
    "9": METHOD,
    "B": ("Body System", "Type", "Body Part", "Contrast", "Qualifier", "Qualifier"),
    "C": ("Body System", "Type", "Body Part", "Radionuclide", "Qualifier", "Qualifier"),
    "D": ("Body System", "Modality", "Treatment Site", "Modality Qualifier", "Isotope", "Qualifier"),
    "F": ("Section Qualifier", "Type", "Body System / Region", "Type Qualifier", "Equipment", "Qualifier"),
    "G": CARE,
    "H": CARE,
    "X": (
        "Body System",
        "Operation",
        "Body Part",
        "Approach",
        "Device / Substance / Technology",
        "Qualifier",
    ),
}
APPROACHES = {
    "0": "Open",
    "3": "Percutaneous",
    "4": "Percutaneous Endoscopic",
    "7": "Via Natural or Artificial Opening",
    "8": "Via Natural or Artificial Opening Endoscopic",
    "F": "Via Natural or Artificial Opening with Percutaneous Endoscopic Assistance",
    "X": "External",
}
ABSENT = {"Device": "No Device", "Substance": "No Substance", "Qualifier": "No Qualifier"}
# Sections whose tables print “None” for a qualifier of Z.
PLAIN_NONE = "79BCDFGH"
# Values that mean the same in every table whose codes begin so, as CMS's code tables print them. Titles run two of
# them together (“Central Nervous Conductivity”) or leave one out, so they cannot be learned from titles.
STANDING = {
    ("1", 4): {
        "0": "Products of Conception",
        "1": "Products of Conception, Retained",
        "2": "Products of Conception, Ectopic",
    },
    ("2Y", 6): {"5": "Packing Material"},
    ("3E0", 6): {
        "0": "Antineoplastic",
        "1": "Thrombolytic",
        "2": "Anti-infective",
        "3": "Anti-inflammatory",
        "4": "Serum, Toxoid and Vaccine",
        "5": "Adhesion Barrier",
        "6": "Nutritional Substance",
        "7": "Electrolytic and Water Balance Substance",
        "A": "Stem Cells, Embryonic",
        "B": "Anesthetic Agent",
        "E": "Stem Cells, Somatic",
        "F": "Intracirculatory Anesthetic",
        "G": "Other Therapeutic Substance",
        "H": "Radioactive Substance",
        "K": "Other Diagnostic Substance",
        "L": "Sperm",
        "M": "Pigment",
        "N": "Analgesics, Hypnotics, Sedatives",
        "P": "Platelet Inhibitor",
        "Q": "Fertilized Ovum",
        "R": "Antiarrhythmic",
        "S": "Gas",
        "T": "Destructive Agent",
        "U": "Pancreatic Islet Cells",
        "V": "Hormone",
        "W": "Immunotherapeutic",
        "X": "Vasopressor",
    },
    ("3E0", 7): {"C": "Other Substance"},
    ("4", 4): {
        "0": "Central Nervous",
        "1": "Peripheral Nervous",
        "2": "Cardiac",
        "3": "Arterial",
        "4": "Venous",
        "5": "Circulatory",
        "6": "Lymphatic",
        "7": "Visual",
        "8": "Olfactory",
        "9": "Respiratory",
        "B": "Gastrointestinal",
        "C": "Biliary",
        "D": "Urinary",
        "F": "Musculoskeletal",
        "H": "Products of Conception, Cardiac",
        "J": "Products of Conception, Nervous",
    },
    ("4A", 6): {
        "0": "Acuity",
        "1": "Capacity",
        "2": "Conductivity",
        "3": "Contractility",
        "4": "Electrical Activity",
        "5": "Flow",
        "6": "Metabolism",
        "7": "Mobility",
        "8": "Motility",
        "9": "Output",
        "B": "Pressure",
        "C": "Rate",
        "D": "Resistance",
        "F": "Rhythm",
        "G": "Secretion",
        "H": "Sound",
        "J": "Pulse",
        "K": "Temperature",
        "L": "Volume",
        "M": "Total Activity",
        "N": "Sampling and Pressure",
        "P": "Action Currents",
        "Q": "Sleep",
        "R": "Saturation",
        "S": "Vascular Perfusion",
    },
    ("4B", 6): {"S": "Pacemaker", "T": "Defibrillator", "V": "Stimulator"},
    ("5A", 4): {"2": "Cardiac", "5": "Circulatory", "9": "Respiratory", "C": "Biliary", "D": "Urinary"},
    ("5A", 6): {
        "0": "Filtration",
        "1": "Output",
        "2": "Oxygenation",
        "3": "Pacing",
        "4": "Rhythm",
        "5": "Ventilation",
    },
    ("6A", 4): {
        "0": "Skin",
        "1": "Urinary",
        "2": "Central Nervous",
        "3": "Musculoskeletal",
        "5": "Circulatory",
    },
    ("8E", 4): {
        "1": "Nervous System",
        "2": "Circulatory System",
        "9": "Head and Neck Region",
        "H": "Integumentary System and Breast",
        "K": "Musculoskeletal System",
        "U": "Female Reproductive System",
        "V": "Male Reproductive System",
        "W": "Trunk Region",
        "X": "Upper Extremity",
        "Y": "Lower Extremity",
    },
    ("8E", 6): {
        "0": "Acupuncture",
        "B": "Computer Assisted Procedure",
        "C": "Robotic Assisted Procedure",
        "D": "Near Infrared Spectroscopy",
        "Y": "Other Method",
    },
    ("B", 6): {"1": "Laser"},
    ("X", 7): {str(group): f"New Technology Group {group}" for group in range(1, 10)}
    | {"A": "New Technology Group 10"},
}


class Character(NamedTuple):
    """One position of a code; `label` is empty where no loaded title tells the value's name."""

    position: int
    axis: str
    character: str
    label: str


def axis(section, position):
    """What position 1 to 7 is called in a section; empty for a section that is not known."""
    return "Section" if position == 1 else AXES.get(section, ("",) * 6)[position - 2]


def standing_label(code, position):
    """The label that a value has in every table alike: an approach, Z for what is absent, `STANDING`; else empty."""
    return standing_in(code[:3], position, code[position - 1]) if position > 3 else ""


@cache
def standing_in(table, position, character):
    """The standing label of a character in a table."""
    name = axis(table[0], position)
    if name == "Approach":
        return APPROACHES.get(character, "")
    if character == "Z":
        return "None" if table[0] in PLAIN_NONE else ABSENT.get(name, "None")
    return next((STANDING[key].get(character, "") for key in keys(table, position) if key in STANDING), "")


def keys(table, position):
    """Where `STANDING` may have a table's values."""
    return ((table[:size], position) for size in (1, 2, 3))


def characters(code, title, labels=None):
    """The seven characters of a code with this title.

    `labels` holds by position what the titles of the code's table tell (`codes.models.pcs.labels_of`).
    """
    return [
        Character(at, axis(code[0], at), code[at - 1], label(code, at, title, labels or {}))
        for at in range(1, 8)
    ]


def label(code, position, title, labels):
    """The label of one position, or empty."""
    learned = labels.get(position, "")
    return standing_label(code, position) or (learned if holds(code, position, title, learned) else "")


def holds(code, position, title, learned):
    """Whether a label learned from the table's other titles holds for this code.

    Body parts and devices of the medical and surgical section mean the same in a whole table, even where the title
    names a part of them. Elsewhere a table's rows give one character several meanings, so the title must say it.
    """
    return position < 4 or (code[0] == "0" and position in (4, 6)) or learned in title
