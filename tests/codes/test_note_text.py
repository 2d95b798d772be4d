"""Codes inside notes, as the tabular list writes them."""

import pytest

from codes.importers import icd10cm, packages
from codes.note_text import Part, parts


def named(text):
    """The codes that a note names: first, last, and a question mark where it is qualified."""
    return [
        part.first + (f"-{part.last}" if part.last != part.first else "") + ("?" if part.is_qualified else "")
        for part in parts(text)
        if part.first
    ]


CASES = {
    "type 2 diabetes mellitus (E11.9)": ["E119"],
    "underlying condition (E08.-)": ["E08"],
    "gestational diabetes (O24.4-)": ["O244"],
    "benign neoplasm of testis (D29.2.-)": ["D292"],
    "alcohol use (F10.14, F10.24)": ["F1014", "F1024"],
    "skin of eyelid (C43.1-,C44.1-)": ["C431", "C441"],
    "hemorrhage (I60.-. I61.-, I62.-)": ["I60", "I61", "I62"],
    "hypertension (I10-I1A)": ["I10-I1A"],
    "stenosis causing infarction (I63.3-I63.5-)": ["I633-I635"],
    "atherosclerosis (I70.2--I70.7-)": ["I702-I707"],
    "fracture of cervical vertebra (S12.0--S12.6.-)": ["S120-S126"],
    "eating disorders of childhood (F98.2.-F98.3)": ["F982-F983"],
    "heart involvement (I01.0 -I01.9)": ["I010-I019"],
    "head injury (S00 - S09)": ["S00-S09"],
    "apnea of newborn (P28.3- - P28.4-)": ["P283-P284"],
    "syndactyly (Q70.0- -Q70.3-)": ["Q700-Q703"],
    "sequelae (I69.21-I69.31-, I69.81- I69.91-)": ["I6921-I6931", "I6981-I6991"],
    "rheumatoid arthritis by site, if known (M05.00 to M05.8A)": ["M0500-M058A"],
    "acute infections (J00-J06; J20-J22)": ["J00-J06", "J20-J22"],
    "any condition in I50.- or I51.4-I51.7, I51.89": ["I50", "I514-I517", "I5189"],
    "any condition in N18 and N26 - due to hypertension": ["N18", "N26"],
    "meconium passage during delivery (P03.82 )": ["P0382"],
    "neuralgic amyotrophy in diabetes (E08-E13 with .44)": ["E08-E13?"],
    "mood disorders (F10-F19 with .14, .24, .94)": ["F10-F19?"],
    "hyperosmolarity (E08, E09, E13 with final characters .00 or .01)": ["E08?", "E09?", "E13?"],
    "poisoning (T36-T50 with fifth or sixth character 1-4 or 6)": ["T36-T50?"],
    "current concussion (S06.0X- with seventh character A)": ["S060X?"],
    "open fracture of ankle (S92.-with 7th character B)": ["S92?"],
    "respiratory failure (J96. with 5th character 2)": ["J96?"],
    "leukemia in remission C91.0-C95.9 with 5th character 1": ["C910-C959?"],
    "underdosing (T36-T50) with fifth or sixth character 6": ["T36-T50?"],
    "poisoning due to salicylates, if applicable (T39.0-, with sixth character 1-4)": ["T390?"],
    "diabetic acidosis - see categories E08-E10, E11, E13 with ketoacidosis": ["E08-E10?", "E11?", "E13?"],
    "any condition in J60-J64 with tuberculosis, any type in A15": ["J60-J64", "A15"],
    "vitamin B12 deficiency anemia (D51.-)": ["D51"],
    "G6PD deficiency (D55.0)": ["D550"],
    "influenza A/H1N1 (J10.-)": ["J10"],
    "E. coli O157:H7 with confirmation of Shiga toxin": [],
    "CD30-positive lymphoma": [],
    "deletion 22q11.2": [],
}


@pytest.mark.parametrize("text", CASES)
def test_a_note_names_these_codes(text):
    assert named(text) == CASES[text]


@pytest.mark.parametrize("text", CASES)
def test_the_parts_put_together_are_the_note(text):
    assert "".join(part.text for part in parts(text)) == text


def test_a_part_keeps_the_code_as_it_is_printed():
    assert parts("see E08.- for it") == [
        Part("see "),
        Part("E08.-", "E08", "E08"),
        Part(" for it"),
    ]


def test_the_full_stop_of_a_sentence_is_no_part_of_a_code():
    assert parts("added to code V99.")[-2:] == [Part("V99", "V99", "V99"), Part(".")]


def test_only_the_publishers_own_slips_name_codes_that_do_not_exist():
    rows = icd10cm.read(*packages.icd10cm())
    codes = {each.code for each in rows.codes}
    mentioned = {code for *_, text in rows.notes for part in parts(text) for code in (part.first, part.last)}
    assert mentioned - codes - {""} == {"G3190", "I64", "K93", "R104", "Y89"}


def test_what_looks_like_a_code_and_is_none_is_a_known_few():
    rows = icd10cm.read(*packages.icd10cm())
    plain = " ".join(part.text for *_, text in rows.notes for part in parts(text) if not part.first)
    words = {word.strip("(),.:-") for word in plain.split() if word[:1].isupper() or word[0] == "("}
    coded = {word for word in words if len(word) >= 3 and word[0].isupper() and word[1:3].isdigit()}
    assert coded == {"B12", "O157", "O157:H7", "O157:H"}
