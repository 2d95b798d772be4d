"""The fields of CMS's HCPCS file in words: CMS's record layout says what each value means."""

COVERAGE = {
    "C": "Carrier judgment: the contractor decides",
    "D": "Special coverage instructions apply",
    "I": "Not payable by Medicare",
    "M": "Non-covered by Medicare",
    "S": "Non-covered by Medicare statute",
}
PRICING = {
    "00": "Not separately priced by Part B: not covered, bundled, or used by Part A only",
    "11": "Physician fee schedule: by national relative value units",
    "12": "Physician fee schedule: by national anesthesia base units",
    "13": "Physician fee schedule: priced by the contractor",
    "21": "Clinical laboratory fee schedule, with a national limitation amount",
    "22": "Clinical laboratory fee schedule: priced by the contractor",
    "31": "Frequently serviced equipment, with floors and ceilings",
    "32": "Inexpensive and routinely purchased equipment, with floors and ceilings",
    "33": "Oxygen and oxygen equipment, with floors and ceilings",
    "34": "Supplies of equipment, with floors and ceilings",
    "35": "Surgical dressings, with floors and ceilings",
    "36": "Capped rental equipment, with floors and ceilings",
    "37": "Ostomy, tracheostomy and urological supplies, with floors and ceilings",
    "38": "Orthotics, prosthetics, prosthetic devices and vision services, with floors and ceilings",
    "39": "Parenteral and enteral nutrition",
    "40": "Lymphedema compression treatment items",
    "45": "Customized equipment",
    "46": "Equipment priced by the contractor",
    "51": "Drugs",
    "52": "Reasonable charge",
    "53": "By statute",
    "54": "Vaccinations",
    "55": "Splints and casts",
    "56": "Intraocular lenses inserted in a physician’s office",
    "57": "Priced by the contractor otherwise",
    "99": "Value not established",
}
MULTIPLE_PRICING = {
    "9": "Not priced separately, or value not established",
    "A": "Priced under one methodology",
    "B": "Professional component by relative value units, the rest priced by the contractor",
    "C": "Interpretation by the physician fee schedule, the test by the laboratory fee schedule",
    "G": "Reasonable charge with blood products, else the laboratory fee schedule",
}
TYPES_OF_SERVICE = {
    "0": "Whole blood",
    "1": "Medical care",
    "2": "Surgery",
    "3": "Consultation",
    "4": "Diagnostic radiology",
    "5": "Diagnostic laboratory",
    "6": "Therapeutic radiology",
    "7": "Anesthesia",
    "8": "Assistant at surgery",
    "9": "Other medical items or services",
    "A": "Used durable medical equipment",
    "D": "Ambulance",
    "E": "Enteral or parenteral nutrients and supplies",
    "F": "Ambulatory surgical center",
    "G": "Immunosuppressive drugs",
    "J": "Diabetic shoes",
    "K": "Hearing items and services",
    "L": "Renal supplies",
    "M": "Monthly capitation payment for dialysis",
    "N": "Kidney donor",
    "P": "Purchase of equipment, prosthetics, orthotics",
    "Q": "Vision items or services",
    "R": "Rental of equipment",
    "S": "Surgical dressings or other medical supplies",
    "T": "Outpatient mental health treatment",
    "U": "Occupational therapy",
    "V": "Pneumococcal, flu or hepatitis B vaccine",
    "W": "Physical therapy",
}
NO_VALUE = {"", "0000", "00000"}


def coverage(fact):
    """The coverage code with its meaning, `D: Special coverage instructions apply`; empty where there is none."""
    return meaning(fact["coverage"], COVERAGE)


def meaning(value, words):
    """A value with what it means, the value alone where the layout does not say."""
    return f"{value}: {words[value]}" if value in words else value


def pairs(fact):
    """(name, value in words) of the fields that say how Medicare covers and prices a code, those that are filled."""
    named = (
        ("Coverage", coverage(fact)),
        ("Pricing", "; ".join(meaning(each, PRICING) for each in fact["pricing"])),
        ("Pricing methods", meaning(fact["multiple_pricing"], MULTIPLE_PRICING)),
        ("NCD manual (formerly CIM)", ", ".join(filter(None, fact["ncd_sections"]))),
        ("Carriers manual (MCM)", ", ".join(filter(None, fact["manual_sections"]))),
        ("Statute", fact["statute"]),
        ("Laboratory certification", ", ".join(filter(None, fact["lab_certifications"]))),
        ("Ambulatory surgical center", "YY: approved" if fact["asc_group"] == "YY" else fact["asc_group"]),
        ("BETOS", fact["betos"]),
        (
            "Type of service",
            "; ".join(meaning(each, TYPES_OF_SERVICE) for each in fact["types_of_service"] if each),
        ),
    )
    return [(name, said) for name, said in named if said]


def processing_note(fact):
    """(number, text or empty) of the note on processing claims; None where the code has none."""
    number = fact["processing_note"]
    return None if number in NO_VALUE else (number, fact["note"] or "")
