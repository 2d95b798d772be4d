"""The files about ICD-10 as NCHS and CMS published them: counts, round trips, windows, and seconds."""

import io
import zipfile
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command

from codes.importers import (
    conversions,
    icd10cm,
    icd10cm_index,
    icd10cm_order,
    icd10pcs,
    order_files,
    poa_exempt,
)
from codes.models import Code, CodeConversion, Descriptor, IndexEntry, PoaExemption, ReleaseChange
from tests.codes.importers.mutants import undone

DATA = settings.BASE_DIR.parent / "shared" / "data"
CM, PCS = DATA / "icd10cm", DATA / "icd10pcs"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files of ../shared/data are not here")
OCTOBER = {2025: date(2024, 10, 1), 2026: date(2025, 10, 1)}
SECONDS = 25


def load(source, path):
    """Load a file by the command; the numbers of its last line: rows, added, changed, ended, seconds."""
    printed = io.StringIO()
    call_command("import_release", source, path, stdout=printed, stderr=io.StringIO())
    words = printed.getvalue().splitlines()[-1].rpartition(": ")[2].replace(",", "").split()
    return *map(int, words[0:8:2]), float(words[8])


def member(path, name):
    """The bytes of one file of a zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def in_force(code_set, on, **narrow):
    """How many codes of a set are in force."""
    return (
        Descriptor.objects.in_force(on)
        .filter(code__code_set__slug=code_set, code__kind="code", **narrow)
        .count()
    )


def everything():
    """All windows and places of ICD-10-CM, comparable between databases."""
    windows = Descriptor.objects.filter(code__code_set__slug="icd-10-cm").order_by(
        "code__code", "effective_on"
    )
    places = Code.objects.filter(code_set__slug="icd-10-cm").order_by("position", "code")
    columns = (
        "effective_on",
        "terminated_on",
        "start_known",
        "billable",
        "short",
        "long",
        "release__edition",
    )
    return (
        list(windows.values_list("code__code", *columns)),
        list(places.values_list("code", "parent__code", "path", "kind")),
        sorted(ReleaseChange.objects.values_list("release__edition", "change", "subject", "before", "after")),
    )


def test_the_order_files_have_the_codes_that_are_expected():
    lines = order_files.read(CM / "icd10cm-order-2026.zip", icd10cm_order.FILE)[1]
    assert (len(lines), sum(line.is_valid for line in lines)) == (98_186, 74_719)
    lines = order_files.read(PCS / "icd10pcs-order-2026.zip", icd10pcs.FILE)[1]
    assert (len(lines), sum(line.is_valid for line in lines)) == (80_029, 79_115)


def test_the_list_of_exempt_codes_is_whole():
    name, codes = poa_exempt.read(CM / "POAexemptCodesFY26.zip")
    assert (name, len(codes)) == ("POAexemptCodesFY26.txt", 38_349)


def test_the_conversion_table_is_whole():
    _, title, rows = conversions.read(CM / "ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx")
    assert (title, len(rows)) == ("FY2026", 5_892)
    days = {current: day for current, day, _, _ in rows}
    assert days["E11A"] == date(2025, 10, 1)
    assert date(2023, 4, 1) in days.values()  # stored as Excel's day 45017


def test_the_index_of_fy2017_is_whole():
    parts, _ = icd10cm_index.read(CM / "ICD10CM_FY2017_Full_XML.zip")
    assert {part.value: len(rows) for part, rows in parts.items()} == {
        "index": 65_460,
        "external": 6_603,
        "neoplasm": 9_009,
        "drug": 39_964,
    }


def test_the_tabular_list_of_fy2017_is_read_out_of_its_zip():
    rows = icd10cm.read(CM / "ICD10CM_FY2017_Full_XML.zip")
    assert sum(row.kind == "code" for row in rows.codes) == 93_758


@pytest.mark.full
@pytest.mark.django_db
def test_order_files_of_diagnoses_come_back_as_they_went_in():
    for year in (2026, 2025):
        assert load("icd10cm-order", CM / f"icd10cm-order-{year}.zip")[-1] < SECONDS
    for year, first_day in OCTOBER.items():
        original = member(CM / f"icd10cm-order-{year}.zip", f"icd10cm_order_{year}.txt")
        assert "".join(order_files.written("icd-10-cm", first_day)).encode("latin-1") == original


@pytest.mark.full
@pytest.mark.django_db
def test_order_files_of_procedures_come_back_as_they_went_in():
    for year in (2025, 2026):
        assert load("icd10pcs-order", PCS / f"icd10pcs-order-{year}.zip")[-1] < SECONDS
    for year, first_day in OCTOBER.items():
        original = member(PCS / f"icd10pcs-order-{year}.zip", f"icd10pcs_order_{year}.txt")
        assert "".join(order_files.written("icd-10-pcs", first_day)).encode("latin-1") == original
    assert in_force("icd-10-pcs", OCTOBER[2026]) == 79_115


@pytest.mark.full
@pytest.mark.django_db
def test_editions_of_diagnoses_stand_the_same_in_any_order():
    steps = {
        2025: lambda: load("icd10cm-order", CM / "icd10cm-order-2025.zip"),
        2026: lambda: load("icd10cm-order", CM / "icd10cm-order-2026.zip"),
        "April 2026": icd10cm.load_packaged,
    }
    found = []
    for order in ((2025, 2026, "April 2026"), ("April 2026", 2026, 2025), (2026, "April 2026", 2025)):
        with undone():
            for step in order:
                steps[step]()
            found.append(everything())
            assert in_force("icd-10-cm", date(2024, 12, 1)) == 97_584
            assert (
                in_force("icd-10-cm", date(2025, 12, 1)) == in_force("icd-10-cm", date(2026, 6, 1)) == 98_186
            )
            assert in_force("icd-10-cm", date(2025, 12, 1), billable=True) == 74_719
    assert found[0] == found[1] == found[2]


@pytest.mark.full
@pytest.mark.django_db
def test_what_stands_beside_the_tabular_list_loads_with_its_counts():
    assert (
        load("icd10cm-poa-exempt", CM / "POAexemptCodesFY26.zip")[0] == PoaExemption.objects.count() == 38_349
    )
    table = CM / "ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx"
    assert load("icd10cm-conversions", table)[0] == CodeConversion.objects.count() == 5_892
    index = CM / "ICD10CM_FY2017_Full_XML.zip"
    assert load("icd10cm-index", index)[0] == IndexEntry.objects.count() == 121_036
