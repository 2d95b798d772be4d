"""MS-DRG Table 5, drawn small in CMS's layout, and the package's."""

from datetime import date
from decimal import Decimal

import pytest

from codes.importers import loading, ms_drg, packages
from codes.models import Code, Descriptor, DrgWeight

ABOUT = {"edition": "drawn", "effective_on": date(2025, 10, 1), "ends_on": date(2026, 9, 30)}
HEAD = (
    '"TABLE 5.\x97LIST OF\nMS-DRGS"\t\t\t\t\t\t\t\t\t\nMS-DRG \tPost\tSpecial\tMDC\tTYPE\tTitle\tW\tC\tG\tA\n'
)
LINES = (
    "001\tNo\tNo\tPRE\tSURG\tHEART TRANSPLANT WITH MCC\t28.0239\t28.0239\t25.8\t36.2",
    "637\tYes\tNo\t10\tMED\tDIABETES WITH MCC\t1.4400\t1.4367\t3.9\t5.2",
    "981\tYes\tYes\t \tSURG\tEXTENSIVE O.R. PROCEDURES UNRELATED TO PRINCIPAL DIAGNOSIS WITH MCC\t4.1\t4.1\t8.0\t11.0",
    "999\tNo\tNo\t \t**\tUNGROUPABLE\t.\t.\t.\t",
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table5.txt"
    path.write_text(HEAD + "\n".join(LINES) + "\n\t\t\t\t\t\t\t\t\t\n", encoding="latin-1")
    return path


@pytest.fixture
def loaded(db, table, monkeypatch):
    monkeypatch.setattr(ms_drg, "LEAST", 2)
    return ms_drg.load(table, **ABOUT)


def test_headings_and_empty_lines_are_not_groups(table):
    assert [line.drg for line in ms_drg.read(table)] == ["001", "637", "981", "999"]


def test_weights_are_exact(table):
    line = ms_drg.read(table)[1]
    assert (line.weight, line.capped_weight, line.gmlos) == (
        Decimal("1.4400"),
        Decimal("1.4367"),
        Decimal("3.9"),
    )


def test_a_dot_is_no_number(table):
    line = ms_drg.read(table)[3]
    assert (line.weight, line.amlos, line.drg_type) == (None, None, "")


@pytest.mark.parametrize(
    ("capitals", "words"),
    [
        ("DIABETES WITHOUT CC/MCC", "Diabetes without CC/MCC"),
        ("ECMO OR TRACHEOSTOMY WITH MV >96 HOURS", "ECMO or Tracheostomy with MV >96 Hours"),
        ("NON-EXTENSIVE O.R. PROCEDURES", "Non-Extensive O.R. Procedures"),
        ("STERILIZATION AND/OR D&C", "Sterilization and/or D&C"),
    ],
)
def test_titles_are_written_as_in_the_definitions_manual(capitals, words):
    assert ms_drg.in_title_case(capitals) == words


def test_groups_stand_below_their_category(loaded):
    parents = dict(Code.objects.filter(kind="code").values_list("code", "parent__code"))
    assert parents == {"001": "MDC-PRE", "637": "MDC-10", "981": "MDC-ALL", "999": "MDC-ERR"}


def test_categories_have_their_names(loaded):
    name = Descriptor.objects.get(code__code="MDC-10").long
    assert name == "Endocrine, Nutritional and Metabolic Diseases and Disorders"


def test_categories_without_groups_are_left_out(loaded):
    assert not Code.objects.filter(code="MDC-01").exists()


def test_a_line_ends_with_its_fiscal_year(loaded):
    line = DrgWeight.objects.get(code__code="637")
    assert (line.mdc, line.is_post_acute, str(line.terminated_on)) == ("10", True, "2026-09-30")


def test_the_same_table_again_changes_nothing(loaded, table):
    assert not ms_drg.load(table, **ABOUT).is_new


def test_too_few_groups_are_refused(db, table):
    with pytest.raises(loading.Refused, match="has 4 groups"):
        ms_drg.load(table, **ABOUT)


def test_an_unknown_category_is_refused(db, tmp_path, monkeypatch):
    monkeypatch.setattr(ms_drg, "LEAST", 1)
    path = tmp_path / "table5.txt"
    path.write_text(LINES[1].replace("\t10\t", "\t77\t"))
    with pytest.raises(loading.Refused, match="category 77"):
        ms_drg.load(path, **ABOUT)


@pytest.mark.django_db
def test_the_package_loads_whole():
    outcome = ms_drg.load_packaged()
    assert outcome.release.row_count == 772
    assert DrgWeight.objects.exclude(weight=None).count() == 770


def test_the_cap_changes_thirty_weights():
    groups = ms_drg.read(packages.file("drg", "data/cms/drg_weights.txt"))
    assert sum(line.weight != line.capped_weight for line in groups) == 30
