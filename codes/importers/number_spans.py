"""Ranges of code numbers by number alone, each named in our own words; the publishers' own names are not ours."""

SPANS = {
    "cpt": {
        "00000-09999": "Anesthesia",
        "10000-10029": "Samples taken through a needle",
        "10030-19499": "Skin and what belongs to it, breast",
        "20100-29999": "Bones, joints, muscles",
        "30000-32999": "Nose, throat, lungs",
        "33000-37999": "Heart and vessels",
        "38000-38999": "Spleen, marrow, lymph nodes",
        "39000-39999": "The space between the lungs, diaphragm",
        "40000-49999": "Mouth to bowel, liver, belly wall",
        "50000-53999": "Kidneys, bladder and their ways",
        "54000-55999": "Organs of men",
        "56000-58999": "Organs of women",
        "59000-59999": "Pregnancy and birth",
        "60000-60999": "Thyroid and other glands",
        "61000-64999": "Brain, spine, nerves",
        "65000-68999": "Eye",
        "69000-69999": "Ear",
        "70000-79999": "Pictures of the body, radiation",
        "80000-89999": "Work of the laboratory",
        "90281-99199": "Vaccines, tests, care without surgery",
        "99202-99499": "Visits, advice, care over time",
        "99500-99999": "Care at home, advice on medicines",
        "0001A-9999A": "Giving vaccines against COVID-19",
        "0001F-9999F": "Quality of care, counted and not paid",
        "0001M-9999M": "Laboratory results worked out by a formula",
        "0001T-9999T": "New procedures under numbers for a time",
        "0001U-9999U": "Tests of one laboratory or maker",
    },
    "hcpcs": {
        f"{letter}0000-{letter}9999": name
        for letter, name in {
            "A": "Ambulance rides, supplies and other things",
            "B": "Feeding by tube or vein",
            "C": "Drugs, devices and services of outpatient hospitals",
            "E": "Lasting medical equipment for the home",
            "G": "Services for which Medicare has codes of its own",
            "H": "Care of mind and addiction",
            "J": "Drugs, most of them injected, counted by dose",
            "K": "Wheelchairs and other equipment coded for Medicare",
            "L": "Braces, artificial limbs and other parts",
            "M": "Services of clinicians, measures of quality",
            "P": "Laboratory work, blood and its parts",
            "Q": "Services, drugs and supplies under codes for a time",
            "R": "Bringing x-ray equipment to the patient",
            "S": "Services and supplies coded for private payers",
            "T": "Services coded for state Medicaid programs",
            "U": "Tests for COVID-19",
            "V": "Seeing, hearing, speaking",
        }.items()
    },
}


def rank(code):
    """Where a number or a range stands in order: `0042T` after `99499`, a range before what it holds."""
    first, _, last = code.partition("-")
    tail = first[-1] if first[-1].isalpha() else ""
    return tail, first, -width(first, last) if last else 1


def width(first, last):
    """How many numbers lie between the two ends of a range."""
    return int("".join(filter(str.isdigit, last))) - int("".join(filter(str.isdigit, first)))


def holds(span, number):
    """Whether a range of numbers, `20100-29999` or `0001T-9999T`, holds a number: its letter stands in one place."""
    first, _, last = span.partition("-")
    return first <= number <= last and letters(first) == letters(number)


def letters(code):
    """A code with every digit as 0: its shape."""
    return "".join("0" if character.isdigit() else character for character in code)


def rest_of(number):
    """(range, name) for a number in no other range: the hundred that it stands in."""
    first, last = f"{number[:3]}00", f"{number[:3]}99"
    return f"{first}-{last}", f"Other numbers from {first} to {last}"
