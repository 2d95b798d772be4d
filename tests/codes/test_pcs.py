"""The seven characters of an ICD-10-PCS code by section."""

import pytest

from codes import pcs

KNEE = "Replacement of Left Knee Joint with Synthetic Substitute, Cemented, Open Approach"
LABELS = {
    1: "Medical and Surgical",
    2: "Lower Joints",
    3: "Replacement",
    4: "Left Knee Joint",
    6: "Synthetic Substitute",
}


def labels(code, title, learned=None):
    return [row.label for row in pcs.characters(code, title, learned)]


def test_a_code_has_seven_positions():
    rows = pcs.characters("0SRD0J9", KNEE, LABELS | {7: "Cemented"})
    assert [(row.position, row.character) for row in rows] == list(enumerate("0SRD0J9", 1))


def test_every_position_is_labelled_where_the_table_tells_all():
    expected = [*list(LABELS.values())[:4], "Open", "Synthetic Substitute", "Cemented"]
    assert labels("0SRD0J9", KNEE, LABELS | {7: "Cemented"}) == expected


def test_a_row_unpacks_into_position_axis_character_and_label():
    position, axis, character, label = pcs.characters("0SRD0J9", KNEE, LABELS)[0]
    assert (position, axis, character, label) == (1, "Section", "0", "Medical and Surgical")


def test_what_no_title_tells_stays_empty():
    assert labels("0SRD0J9", KNEE)[3] == ""


def test_a_body_part_holds_for_the_table_where_the_title_names_a_part_of_it():
    title = "Occlusion of Right Uterine Artery, Open Approach"
    assert labels("04LE0ZT", title, {4: "Right Internal Iliac Artery"})[3] == "Right Internal Iliac Artery"


def test_a_substance_of_another_row_of_the_table_is_not_taken():
    title = "Introduction of Anacaulase-bcdb into Skin, External Approach, New Technology Group 7"
    assert labels("XW00X27", title, {6: "Nerinitide"})[5] == ""


@pytest.mark.parametrize(
    ("code", "position", "label"),
    [
        ("0DTJ4ZZ", 5, "Percutaneous Endoscopic"),
        ("0DTJ4ZZ", 6, "No Device"),
        ("0DTJ4ZZ", 7, "No Qualifier"),
        ("B33MZZZ", 5, "None"),
        ("GZJZZZZ", 4, "None"),
        ("4A023N7", 6, "Sampling and Pressure"),
        ("5A1955Z", 4, "Respiratory"),
        ("3E0B329", 6, "Anti-infective"),
        ("XW00X27", 7, "New Technology Group 7"),
    ],
)
def test_a_standing_label_needs_no_title(code, position, label):
    assert labels(code, "")[position - 1] == label


@pytest.mark.parametrize(
    ("section", "axes"),
    [
        ("0", "Section, Body System, Operation, Body Part, Approach, Device, Qualifier"),
        ("2", "Section, Body System, Operation, Body Region, Approach, Device, Qualifier"),
        ("3", "Section, Body System, Operation, Body System / Region, Approach, Substance, Qualifier"),
        ("5", "Section, Body System, Operation, Body System, Duration, Function, Qualifier"),
        ("9", "Section, Body System, Operation, Body Region, Approach, Method, Qualifier"),
        ("B", "Section, Body System, Type, Body Part, Contrast, Qualifier, Qualifier"),
        ("C", "Section, Body System, Type, Body Part, Radionuclide, Qualifier, Qualifier"),
        ("D", "Section, Body System, Modality, Treatment Site, Modality Qualifier, Isotope, Qualifier"),
        ("F", "Section, Section Qualifier, Type, Body System / Region, Type Qualifier, Equipment, Qualifier"),
        (
            "X",
            "Section, Body System, Operation, Body Part, Approach, Device / Substance / Technology, Qualifier",
        ),
    ],
)
def test_each_section_names_its_positions(section, axes):
    assert ", ".join(pcs.axis(section, position) for position in range(1, 8)) == axes


def test_every_section_has_seven_positions():
    assert {len(axes) for axes in pcs.AXES.values()} == {6}
    assert len(pcs.AXES) == 17
