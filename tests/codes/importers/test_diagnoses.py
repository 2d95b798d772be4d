"""Diagnosis to MS-DRG, CC and MCC: drawn small in the package's layout, and the package's own."""

import json
import lzma
from datetime import date

import pytest

from codes.importers import diagnoses, loading, packages
from codes.models import DiagnosisComplication, DiagnosisDrg

VERSION = {
    "schema_version": 1,
    "dxmap": {
        "E119": ["_MDC10", "637&638&639|PDX"],
        "A419": [
            "793|OR SDX",
            "_MDC18",
            "870&871&872|SEPTICEMIA PDX",
            "974&975&976|AND PSDX OF MAJOR RELATED CONDITION",
        ],
        "I2101": ["280&281&282&283&284&285|PDX OR SDX"],
        "K6811": ["862&863|PDX", "853&854&855|PDX FROM MDC 18 EXCEPT"],
        "S061X3A": ["_MDC01"],
        "F1020": ["_MDC20"],
        "B20": ["_MDC25", "974&975&976|PSDX OF HIV INFECTION"],
        "Z23": ["795|AND NO SDX OR ONLY SDX", "_MDC23", "951|PDX"],
        "B371": ["_MDC04", "177&178&179|OR PDX", "_MDC25"],
    },
    "drgmap": {
        drg: {"drg": drg, "mdc": mdc}
        for mdc, drgs in {
            "20": "894 895 896 897",
            "25": "969 970 974 975 976 977",
            "10": "637 638 639",
        }.items()
        for drg in drgs.split()
    },
    "ccmap": {
        "A419": {"aowa": False, "hac": None, "level": "MCC", "pdx": "0072"},
        "I469": {"aowa": True, "hac": None, "level": "MCC", "pdx": "0800"},
    },
    "exmap": {"0072": ["A400", "A401", "A403"], "0800": []},
}
PRINCIPAL = ("PDX", "PSDX", "MDC 20", "MDC 25")
FIRST = {"edition": "v43", "effective_on": date(2025, 10, 1), "ends_on": date(2026, 3, 31)}
SECOND = {"edition": "v43.1", "effective_on": date(2026, 4, 1), "ends_on": date(2026, 9, 30)}


@pytest.fixture
def version(tmp_path):
    """A file of a version: `version("a", ccmap={…})`."""

    def write(name, **changes):
        path = tmp_path / f"{name}.json.xz"
        path.write_bytes(lzma.compress(json.dumps(VERSION | changes).encode()))
        return path

    return write


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(diagnoses, "ASSIGNED", (1, 9))
    monkeypatch.setattr(diagnoses, "COMPLICATIONS", (1, 9))


def roles(path, diagnosis):
    return [(role, drgs) for code, role, drgs in diagnoses.read(path).drgs if code == diagnosis]


def test_a_diagnosis_leads_to_its_groups(version):
    assert roles(version("a"), "E119") == [("PDX", ["637", "638", "639"])]


def test_lists_by_other_names_are_told_by_what_they_ask(version):
    assert roles(version("a"), "A419") == [
        ("PDX", ["870", "871", "872"]),
        ("SDX", ["793"]),
        ("AND PSDX", ["974", "975", "976"]),
    ]


def test_a_list_for_principal_or_secondary_is_both(version):
    assert [role for role, _ in roles(version("a"), "I2101")] == ["PSDX"]


def test_what_a_group_leaves_out_does_not_lead_to_it(version):
    assert roles(version("a"), "K6811") == [("PDX", ["862", "863"])]


def test_a_category_alone_is_no_group(version):
    assert roles(version("a"), "S061X3A") == []


def test_a_principal_diagnosis_that_no_list_names_leads_to_the_groups_of_its_category(version):
    assert roles(version("a"), "F1020") == [("MDC 20", ["894", "895", "896", "897"])]


def test_hiv_leads_to_its_category_and_stands_beside_a_related_condition(version):
    assert roles(version("a"), "B20") == [
        ("MDC 25", ["969", "970", "974", "975", "976", "977"]),
        ("AND PSDX", ["974", "975", "976"]),
    ]


def test_a_condition_that_hiv_brings_leads_to_its_own_group_only(version):
    assert roles(version("a"), "B371") == [("PDX", ["177", "178", "179"])]


def test_what_may_stand_beside_a_group_does_not_lead_to_it(version):
    assert roles(version("a"), "Z23") == [("PDX", ["951"])]


def test_a_complication_counts_its_exclusions(version):
    assert ("A419", "MCC", False, 3) in diagnoses.read(version("a")).levels


def test_some_count_only_where_the_patient_lived(version):
    assert ("I469", "MCC", True, 0) in diagnoses.read(version("a")).levels


def test_another_layout_is_refused(version):
    with pytest.raises(loading.Refused, match="another layout"):
        diagnoses.read(version("a", schema_version=2))


def test_unchanged_rows_run_through_both_editions(db, few, version):
    diagnoses.load(version("a"), **FIRST)
    diagnoses.load(version("b", exmap={"0072": ["A400"], "0800": []}), **SECOND)
    row = DiagnosisDrg.objects.get(diagnosis="E119")
    assert (str(row.effective_on), row.terminated_on) == ("2025-10-01", None)


def test_a_changed_row_has_a_window_for_each_edition(db, few, version):
    diagnoses.load(version("a"), **FIRST)
    diagnoses.load(version("b", exmap={"0072": ["A400"], "0800": []}), **SECOND)
    rows = DiagnosisComplication.objects.filter(diagnosis="A419").order_by("effective_on")
    counts = [(str(row.effective_on), row.exclusion_count) for row in rows]
    assert counts == [("2025-10-01", 3), ("2026-04-01", 1)]


def test_the_same_file_again_changes_nothing(db, few, version):
    path = version("a")
    diagnoses.load(path, **FIRST)
    assert not diagnoses.load(path, **FIRST).is_new


def test_too_few_diagnoses_are_refused(db, version):
    with pytest.raises(loading.Refused, match="has 8 diagnoses with a group"):
        diagnoses.load(version("a"), **FIRST)
    assert not DiagnosisDrg.objects.exists()


@pytest.fixture(scope="module")
def newest():
    return diagnoses.read(packages.file("drgpy", "runtime_data/v43.1.json.xz"))


def test_external_causes_lead_to_no_group(newest):
    assert not {row[0][0] for row in newest.drgs} & set("VWXY")


@pytest.mark.parametrize(
    ("diagnosis", "drgs"),
    [
        ("E119", [["637", "638", "639"]]),
        ("I10", [["304", "305"]]),
        ("S72001A", [["521", "522"], ["535", "536"]]),
        ("J9601", [["189"]]),
    ],
)
def test_the_package_knows_the_groups_of_a_principal_diagnosis(newest, diagnosis, drgs):
    assert [row[2] for row in newest.drgs if row[0] == diagnosis and row[1] == "PDX"] == drgs


def test_the_package_names_no_group_for_alcohol_and_drugs_but_their_category(newest):
    named = {row[0] for row in newest.drgs if row[1] == "MDC 20"}
    assert len(named) == 457 and {code[:3] for code in named} == {
        "F55",
        "R78",
        *(f"F{n}" for n in range(10, 20)),
    }


def test_hiv_alone_is_assigned_by_its_category(newest):
    assert [row[2] for row in newest.drgs if row[1] == "MDC 25"] == [
        ["969", "970", "974", "975", "976", "977"]
    ]


def test_every_diagnosis_of_the_package_has_a_group_as_principal_one(newest):
    assert {row[0] for row in newest.drgs} == {row[0] for row in newest.drgs if row[1] in PRINCIPAL}


def test_the_package_knows_levels(newest):
    levels = {row[0]: row[1] for row in newest.levels}
    assert (levels.get("E119"), levels["J9601"], levels["A000"]) == (None, "MCC", "CC")


@pytest.mark.full
@pytest.mark.django_db
def test_the_package_loads_whole():
    outcomes = diagnoses.load_packaged()
    assert [outcome.release.row_count for outcome in outcomes] == [79_654, 79_654]
    assert (outcomes[1].release.added, outcomes[1].release.ended) == (0, 0)
    assert DiagnosisComplication.objects.count() == 18_391
