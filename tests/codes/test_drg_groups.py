"""MS-DRGs of a diagnosis and diagnoses of an MS-DRG, as the sections show them."""

from datetime import date

import pytest

from codes.models import Code, CodeSet, Descriptor, DiagnosisDrg, Release
from codes.models.drgs import diagnoses_of
from codes.sections.drg_tables import drg_groups, principal
from codes.sections.fees import line_in_words

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
        "Counts as a secondary diagnosis in this group",
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


def newborn(role, drg="793"):
    return {"group": 1, "role": role, "drg": drg, "mdc": "15"}


def test_groups_of_newborns_are_called_so_and_stand_apart():
    groups = drg_groups([newborn("SDX"), *rows(("SDX", "837 838"))])
    assert [group["role"] for group in groups] == [
        "Counts as a secondary diagnosis in these groups",
        "Counts as a secondary diagnosis in this group (newborns, MDC 15)",
    ]


def test_a_principal_diagnosis_of_newborns_is_called_so():
    (group,) = drg_groups([newborn("PSDX")])
    assert group["role"] == "As principal or secondary diagnosis (newborns, MDC 15)"


def test_the_groups_of_a_category_are_principal_ones():
    assert principal({"drg_groups": drg_groups(rows(("MDC 20", "894 895 896 897")))}) == "894–897"


def test_a_category_says_that_the_grouper_chooses():
    (group,) = drg_groups(rows(("MDC 25", "969 970 974")))
    assert group["role"] == (
        "As principal diagnosis, MDC 25: the grouper chooses by O.R. procedures, related conditions, CCs and MCCs; "
        "the loaded file does not say which"
    )


def test_the_last_of_the_principal_tables_is_marked():
    groups = drg_groups(rows(("PDX", "637"), ("PSDX", "010"), ("SDX", "793")))
    assert [group["is_last_principal"] for group in groups] == [False, True, False]


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


def test_a_group_without_a_weight_is_not_paid():
    nothing = dict.fromkeys(LINE) | {"is_post_acute": False, "is_special_pay": False}
    assert list(line_in_words(nothing)) == [("Relative weight", "no weight", "not paid as grouped")]


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
    found = diagnoses_of("871", ON)
    assert found["first"] == [{"code": "A419", "title": "Title of A419", "is_known": True}]
    assert (found["total"], found["by_category"]) == (1, False)


def test_an_ms_drg_without_diagnoses_lists_none(septicemia):
    assert diagnoses_of("001", ON) == {"total": 0, "by_category": False, "first": []}


def test_a_diagnosis_without_a_title_of_that_day_is_listed_all_the_same(septicemia):
    Descriptor.objects.update(effective_on=date(2026, 5, 1))
    assert diagnoses_of("871", ON)["first"] == [{"code": "A419", "title": "", "is_known": True}]


def test_a_diagnosis_that_is_not_loaded_is_listed_all_the_same(septicemia):
    Code.objects.all().delete()
    assert diagnoses_of("871", ON)["first"] == [{"code": "A419", "title": "", "is_known": False}]


def test_diagnoses_that_lead_to_the_category_are_told_from_those_of_a_list(septicemia):
    DiagnosisDrg.objects.filter(diagnosis="P369").update(role="MDC 20", drgs=["896"])
    found = diagnoses_of("896", ON)
    assert (found["total"], found["by_category"]) == (1, True)
