"""Status indicators of the hospital outpatient system (OPPS) in words of our own."""

STATUSES = {
    "A": "paid under a fee schedule or another system, not under OPPS",
    "B": "not accepted on a hospital outpatient claim; another code may stand for it",
    "C": "inpatient only: not paid for an outpatient",
    "E1": "not paid by Medicare on an outpatient claim",
    "E2": "not paid: no price or claims data for it",
    "F": "paid at reasonable cost",
    "G": "pass-through drug or biological, paid separately",
    "H": "pass-through device, paid separately",
    "H1": "non-opioid device for pain after surgery, paid separately",
    "J1": "comprehensive APC: one payment covers the whole claim’s related services",
    "J2": "paid separately, or through a comprehensive APC when certain services stand together",
    "K": "drug or biological without pass-through, paid separately",
    "K1": "non-opioid drug for pain after surgery, paid separately",
    "L": "vaccine or its like, paid at reasonable cost without deductible or coinsurance",
    "M": "not billed to the Medicare contractor",
    "N": "packaged: its cost is inside the payment for other services",
    "P": "partial hospitalization or intensive outpatient program, paid by the day",
    "Q1": "packaged beside a service of status S, T or V; else paid separately",
    "Q2": "packaged beside a service of status T; else paid separately",
    "Q3": "may be paid through a composite APC; else by its own status",
    "Q4": "laboratory test: packaged beside other outpatient services; else by the laboratory fee schedule",
    "R": "blood or blood product, paid separately",
    "S": "paid separately, not reduced beside other procedures",
    "S1": "skin substitute, paid separately",
    "T": "paid separately, reduced beside another procedure of status T",
    "U": "brachytherapy source, paid separately",
    "V": "clinic or emergency visit, paid separately",
    "Y": "equipment billed to the equipment contractor",
}


def meaning(status):
    """What a status indicator says; empty for one that is not known here."""
    return STATUSES.get(status, "")


def apc_in_words(apc):
    """`APC 5052` for 05052; `no APC` for none."""
    return f"APC {apc.removeprefix('0')}" if apc else "no APC"
