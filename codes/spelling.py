"""How a code is written: stored undotted in upper case, shown as its publisher writes it."""

import re

NOT_IN_A_CODE = re.compile(r"[^A-Z0-9-]")


def normal(code):
    """A code in any spelling as it is stored: `e11.9`, ` E119 ` and `E11.9` are `E119`; ranges keep their dash."""
    return NOT_IN_A_CODE.sub("", code.upper().replace("–", "-")).strip("-")


def dotted(code_set, code):
    """A stored code as the page writes it: a dot after the third character of an ICD-10-CM code."""
    if code_set != "icd-10-cm" or len(code) <= 3 or "-" in code:
        return code
    return f"{code[:3]}.{code[3:]}"


def stem(code_set, code):
    """What the meter counts: ICD-10-CM codes that differ in the seventh character only are one."""
    return code[:6] if code_set == "icd-10-cm" and len(code) == 7 else code
