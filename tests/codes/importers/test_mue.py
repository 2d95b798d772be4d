"""NCCI's unit limits: three settings, each inside its quarter, and back out as CMS's rows."""

import csv
import io
from datetime import date

import pytest
from django.conf import settings
from hypothesis import given

from codes.importers import mue
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Code, MueEdit, Release
from tests.codes.importers import ncci
from tests.codes.importers.mutants import EVERYDAY, FULL, copies, mutated

pytestmark = pytest.mark.django_db
AUGUST = date(2024, 8, 1)


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load drawn lines of a setting."""
    ncci.small(monkeypatch)

    def load_rows(rows=ncci.MUE, quarter="2024q3", source="mue-practitioner", **asked):
        return ncci.load(tmp_path, source, rows, quarter, **asked)

    return load_rows


def test_a_dump_is_the_file(load):
    load()
    assert [",".join(row) for row in mue.dump("practitioner", AUGUST)] == list(ncci.MUE)


def test_zero_is_a_value(load):
    load()
    assert MueEdit.objects.get(code="99213").value == 0


def test_the_adjudication_indicator_is_a_number_too(load):
    load()
    assert MueEdit.objects.get(code="11045").mai == 3


def test_a_limit_ends_with_its_quarter(load):
    load()
    row = MueEdit.objects.get(code="11042")
    assert (str(row.effective_on), str(row.terminated_on)) == ("2024-07-01", "2024-09-30")


def test_settings_stand_apart(load):
    load()
    load([ncci.MUE[0].replace(",1,", ",2,", 1)], source="mue-outpatient")
    limits = MueEdit.objects.filter(code="11042").values_list("setting", "value")
    assert dict(limits) == {"practitioner": 1, "outpatient": 2}


def test_a_later_quarter_counts_what_it_changed(load):
    load()
    rows = [
        ncci.MUE[0].replace(",1,", ",2,", 1),
        *ncci.MUE[1:4],
        "99291,1,2 Date of Service Edit: Policy,CMS Policy",
    ]
    outcome = load(rows, "2024q4")
    assert str(outcome).startswith("mue-practitioner 2024 Q4: 5 rows, 1 added, 1 changed, 1 ended,")
    assert [str(row.value) for row in MueEdit.objects.filter(code="11042").order_by("effective_on")] == [
        "1",
        "2",
    ]


def test_numbers_have_pages_and_dental_ones_have_none(load):
    load()
    codes = Code.objects.filter(kind="code").values_list("code", flat=True)
    assert sorted(codes) == ["11042", "11045", "99213", "G0463"]


def test_the_notice_is_the_file_s(load):
    assert load().release.notice.startswith("CPT codes only are copyright 2023")


def test_another_setting_s_file_is_refused(tmp_path, monkeypatch):
    ncci.small(monkeypatch)
    path = tmp_path / "mue-2024q3.csv"
    path.write_text(ncci.mue_text())
    with pytest.raises(Refused, match="DME Supplier Services MUE Values"):
        mue.load(path, Asked(), setting="dme")


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", "2024 Q3"),
        ("mue-prac-2025Q1.csv", "2025 Q1"),
        ("practitioner-v310r0.csv", "2025 Q1"),
    ],
)
def test_the_quarter_stands_in_the_name(tmp_path, monkeypatch, name, edition):
    ncci.small(monkeypatch)
    path = tmp_path / name
    path.write_text(ncci.mue_text())
    assert mue.load(path, Asked()).release.edition == edition


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("1104,1,1 Line Edit,CMS Policy", "line 9, column 1: “1104” is no HCPCS/CPT Code"),
        ("11043,-1,1 Line Edit,CMS Policy", "line 9, column 7: “-1” is no"),
        (
            "11043,1,4 Line Edit,CMS Policy",
            "line 9, column 9: “4 Line Edit” is no MUE Adjudication Indicator",
        ),
        ("11043,1,1 Line Edit", "line 9: 3 columns stand where 4 should"),
        ("11042,1,1 Line Edit,CMS Policy", "line 9, column 1: 11042 was there before"),
    ],
)
def test_what_is_not_the_layout_is_refused_by_line_and_column(load, row, sentence):
    with pytest.raises(Refused, match=sentence):
        load([*ncci.MUE, row])
    assert not Release.objects.exists() and not MueEdit.objects.exists()


def test_a_file_cut_inside_its_last_line_is_refused(load, tmp_path):
    path = tmp_path / "mue-2024q3.csv"
    path.write_text(ncci.mue_text()[:-12])
    with pytest.raises(Refused, match="ends in the middle of its last line"):
        mue.load(path, Asked())


@copies(EVERYDAY)
@given(content=mutated(ncci.mue_text().encode()))
def test_mutated_copies_are_refused_or_loaded_whole(load, tmp_path, content):
    ncci.refused_or_whole(mue.load, tmp_path / "mue-2024q3.csv", content, MueEdit)


@pytest.mark.full
@copies(FULL)
@given(content=mutated(ncci.mue_text().encode()))
def test_a_thousand_mutated_copies_are_refused_or_loaded_whole(load, tmp_path, content):
    ncci.refused_or_whole(mue.load, tmp_path / "mue-2024q3.csv", content, MueEdit)


@pytest.mark.parametrize(
    ("setting", "name", "count"),
    [
        pytest.param("practitioner", "prac", 14_677, marks=pytest.mark.full),
        pytest.param("outpatient", "out", 14_628, marks=pytest.mark.full),
        ("dme", "dme", 2_928),
    ],
)
def test_the_real_files_come_back_row_by_row(setting, name, count):
    path = settings.BASE_DIR.parent / f"shared/data/ncci/mue-{name}-2024q3.csv"
    if not path.exists():
        pytest.skip("the real files of ../shared are not here")
    assert mue.load(path, Asked(), setting=setting).release.row_count == count
    source = list(csv.reader(io.StringIO(path.read_text("cp1252"))))[2:]
    assert sorted(mue.dump(setting, AUGUST)) == sorted(source)
