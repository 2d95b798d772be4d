"""Labels learned from the titles of a table."""

import pytest

from codes.importers import icd10pcs, packages, pcs_labels
from codes.pcs import characters

JOINTS = {"D": "Left Knee", "C": "Right Knee", "F": "Right Ankle"}
DEVICES = {"7": "Autologous Tissue Substitute", "J": "Synthetic Substitute"}
APPROACHES = {"0": "Open", "3": "Percutaneous"}


@pytest.fixture
def supplements():
    """A small table in which every part of the title varies, and none of the qualifiers."""
    return {
        f"0SU{joint}{approach}{device}Z": f"Supplement {part} Joint with {made_of}, {how} Approach"
        for joint, part in JOINTS.items()
        for approach, how in APPROACHES.items()
        for device, made_of in DEVICES.items()
    }


def test_a_body_part_is_the_words_that_change_with_its_character(supplements):
    assert pcs_labels.learn(supplements, {"0SU": "Supplement"})["0SU", 4, "D"] == "Left Knee Joint"


def test_a_device_is_told_without_its_joining_word(supplements):
    assert pcs_labels.learn(supplements, {"0SU": "Supplement"})["0SU", 6, "J"] == "Synthetic Substitute"


def test_approaches_and_z_are_not_learned(supplements):
    learned = pcs_labels.learn(supplements, {"0SU": "Supplement"})
    assert {position for _, position, _ in learned} == {4, 6}


def test_a_word_that_is_also_the_operation_stays_with_the_device():
    titles = {
        "0S9D00Z": "Drainage of Left Knee Joint with Drainage Device, Open Approach",
        "0S9D0ZZ": "Drainage of Left Knee Joint, Open Approach",
        "0S9C00Z": "Drainage of Right Knee Joint with Drainage Device, Open Approach",
    }
    assert pcs_labels.learn(titles, {"0S9": "Drainage"})["0S9", 6, "0"] == "Drainage Device"


def test_the_only_position_without_words_gets_what_is_left():
    learned = pcs_labels.learn({"0DTJ0ZZ": "Resection of Appendix, Open Approach"}, {"0DT": "Resection"})
    assert learned == {("0DT", 4, "J"): "Appendix"}


def test_nothing_is_made_up_where_two_positions_share_words():
    titles = {"GZB0ZZ1": "Electroconvulsive Therapy, Unilateral-Single Seizure"}
    assert pcs_labels.learn(titles, {"GZB": "Electroconvulsive Therapy"}) == {}


def test_a_code_of_another_row_has_a_label_of_its_own():
    titles = {
        "XW03321": "Introduction of Ceftazidime into Peripheral Vein, Percutaneous Approach, New Technology Group 1",
        "XW04321": "Introduction of Ceftazidime into Central Vein, Percutaneous Approach, New Technology Group 1",
        "XW00X27": "Introduction of Anacaulase into Skin, External Approach, New Technology Group 7",
    }
    learned = pcs_labels.learn(titles, {"XW0": "Introduction"})
    assert learned["XW0", 6, "2"] == "Ceftazidime"
    assert learned.get(("XW00X27", 6, "2"), "Anacaulase") == "Anacaulase"


def test_a_body_part_keeps_its_second_half_where_the_device_never_changes():
    titles = {
        f"0JH{part}03Z": f"Insertion of Infusion Device into {name} Subcutaneous Tissue and Fascia, Open Approach"
        for part, name in (("0", "Scalp"), ("1", "Face"))
    }
    learned = pcs_labels.learn(titles, {"0JH": "Insertion"})
    assert learned["0JH", 4, "0"] == "Scalp Subcutaneous Tissue and Fascia"
    assert learned["0JH", 6, "3"] == "Infusion Device"


@pytest.mark.full
def test_nearly_every_code_of_the_package_has_all_seven_labels():
    titles = icd10pcs.read(packages.file("drg", "data/tuva/icd_10_pcs.csv")).titles
    learned = {
        (prefix, at, value): label for prefix, at, value, label in icd10pcs.values(titles, icd10pcs.names())
    }
    told = 0
    for code, (_, title) in titles.items():
        labels = {
            at: learned.get((code, at, code[at - 1])) or learned.get((code[:3], at, code[at - 1]), "")
            for at in range(1, 8)
        }
        told += all(row.label for row in characters(code, title, labels))
    assert told / len(titles) > 0.998
