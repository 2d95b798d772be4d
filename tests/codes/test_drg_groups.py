"""MS-DRGs of a diagnosis and diagnoses of an MS-DRG, as the sections show them."""

from datetime import date

import pytest

from codes.models import Code, CodeSet, Descriptor, DiagnosisDrg, Release
from codes.models.drgs import diagnoses_of
from codes.sections.fees import drg_groups, line_in_words, principal

ON = date(2026, 4, 1)


def rows(*groups):
    """Rows as `codes.models.diagnoses.groups` gives them, from (role, drgs)."""
    return [
        {"group": at, "role": role, "drg": drg}
        for at, (role, drgs) in enumerate(groups)
        for drg in drgs.split()
    ]


def test_groups_as_principal_diagnosis_come_first():
    groups = drg_groups(rows(("AND PSDX", "974"), ("SDX", "793"), ("PDX", "870 871 872")))
    assert [group["role"] for group in groups] == [
        "As principal diagnosis",
        "As secondary diagnosis",
        "Beside another condition that the group asks for",
    ]


def test_groups_that_follow_each_other_are_one_range():
    assert principal({"drg_groups": drg_groups(rows(("PDX", "637 638 639")))}) == "637–639"


def test_groups_that_lie_apart_are_told_apart():
    groups = drg_groups(rows(("PDX", "521 522"), ("PDX", "535 536")))
    assert principal({"drg_groups": groups}) == "521–522, 535–536"


def test_principal_or_secondary_is_principal_too():
    assert principal({"drg_groups": drg_groups(rows(("PSDX", "280"), ("SDX", "793")))}) == "280"


def test_secondary_alone_is_none_as_principal():
    assert (
        principal({"drg_groups": drg_groups(rows(("SDX", "793"), ("AND PSDX", "974")))})
        == "none as principal"
    )


def test_groups_of_one_role_stand_in_one_table():
    groups = drg_groups(rows(("PDX", "521 522"), ("PDX", "535 536")))
    assert [[row["drg"] for row in group["rows"]] for group in groups] == [["521", "522", "535", "536"]]


def test_a_group_says_whether_it_is_surgical_or_medical():
    (row,) = drg_groups([{"group": 1, "role": "PDX", "drg": "521", "type": "SURG"}])[0]["rows"]
    assert row["kind"] == "surgical"


LINE = {
    "weight": 1.4367,
    "capped_weight": 1.4367,
    "gmlos": 3.9,
    "amlos": 5.3,
    "is_post_acute": True,
    "is_special_pay": False,
}


def test_a_line_of_table_5_is_names_values_and_meanings():
    names = [name for name, _, _ in line_in_words(LINE)]
    assert names == ["Relative weight", "Geometric mean stay", "Arithmetic mean stay", "Post-acute transfer"]


def test_a_capped_weight_stands_beside_the_one_before_the_cap():
    said = list(line_in_words(LINE | {"weight": 1.2}))
    assert [value for name, value, _ in said if "eight" in name] == [1.4367, 1.2]


def test_special_pay_is_said_where_it_applies():
    assert "Special pay" in [name for name, _, _ in line_in_words(LINE | {"is_special_pay": True})]


@pytest.fixture
def septicemia(db):
    """A41.9 and P36.9 lead to 871, the second beside another condition only."""
    code_set = CodeSet.objects.known("icd-10-cm")
    release = Release.objects.create(source="drawn", edition="drawn", effective_on=ON)
    for at, (code, role) in enumerate((("A419", "PDX"), ("P369", "AND PSDX"))):
        row = Code.objects.create(code_set=code_set, code=code, position=at)
        window = {"release": release, "effective_on": ON}
        Descriptor.objects.create(code=row, billable=True, long=f"Title of {code}", **window)
        DiagnosisDrg.objects.create(diagnosis=code, drgs=["871", "872"], role=role, **window)


def test_an_ms_drg_lists_its_principal_diagnoses(septicemia):
    assert diagnoses_of("871", ON) == (1, [{"code": "A419", "title": "Title of A419"}])


def test_an_ms_drg_without_diagnoses_lists_none(septicemia):
    assert diagnoses_of("001", ON) == (0, [])
