"""ICD-10-PCS from a list of titles and from an order file, drawn small."""

import zipfile
from datetime import date

import pytest
from django.conf import settings

from codes.importers import icd10pcs, loading, packages
from codes.models import Code, Descriptor, PcsValue, Term
from codes.models.pcs import labels_of

ABOUT = {"edition": "drawn", "effective_on": date(2024, 4, 1), "ends_on": date(2024, 9, 30)}
TITLES = {
    "0SRC0J9": "Replacement of Right Knee Joint with Synthetic Substitute, Cemented, Open Approach",
    "0SRD0J9": "Replacement of Left Knee Joint with Synthetic Substitute, Cemented, Open Approach",
    "0SRD0JZ": "Replacement of Left Knee Joint with Synthetic Substitute, Open Approach",
    "GZJZZZZ": "Light Therapy",
}


@pytest.fixture
def titles_file(tmp_path):
    path = tmp_path / "titles.csv"
    path.write_text("".join(f'"{code}","{title}"\n' for code, title in TITLES.items()))
    return path


@pytest.fixture
def order_file(tmp_path):
    """In CMS's columns: 1–5 order, 7–13 code, 15 flag, 17–76 short, 78– long."""
    lines = [("0SR", "0", "Lower Joints, Replacement", "Lower Joints, Replacement")]
    lines += [(code, "1", title[:20], title) for code, title in TITLES.items() if code.startswith("0SR")]
    path = tmp_path / "icd10pcs_order_2026.txt"
    text = "".join(
        f"{at:05d} {code:<7} {flag} {short:<60} {long}\n"
        for at, (code, flag, short, long) in enumerate(lines, 1)
    )
    path.write_text(text, encoding="latin-1")
    return path


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(icd10pcs, "LEAST", 2)


@pytest.fixture
def loaded(db, few, titles_file):
    return icd10pcs.load(titles_file, **ABOUT)


def test_a_list_of_titles_has_no_short_ones(titles_file):
    assert icd10pcs.read(titles_file).titles["0SRD0J9"] == ("", TITLES["0SRD0J9"])


def test_an_order_file_has_short_titles_and_headings(order_file):
    rows = icd10pcs.read(order_file)
    assert rows.titles["0SRD0J9"] == ("Replacement of Left", TITLES["0SRD0J9"])
    assert rows.headings == {"0SR": "Lower Joints, Replacement"}


def test_an_order_file_is_read_out_of_its_zip(order_file, tmp_path):
    path = tmp_path / "order.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(order_file, order_file.name)
    assert icd10pcs.read(path) == icd10pcs.read(order_file)


def test_a_zip_without_an_order_file_is_refused(tmp_path):
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("read me.txt", "nothing")
    with pytest.raises(loading.Refused, match="holds no file of this source"):
        icd10pcs.read(path)


def test_a_code_stands_below_section_body_system_and_table(loaded):
    assert Code.objects.get(code="0SRD0J9").path == ["0", "0S", "0SR"]


def test_sections_body_systems_and_tables_are_ranges(loaded):
    ranges = Code.objects.filter(kind="range").order_by("position").values_list("code", "label")
    assert list(ranges)[:3] == [("0", "Section 0"), ("0S", "Body system 0S"), ("0SR", "Table 0SR")]


def test_ranges_have_their_public_names(loaded):
    said = dict(Descriptor.objects.filter(code__kind="range").values_list("code__code", "long"))
    assert said["0"] == "Medical and Surgical"
    assert said["0SR"] == "Lower Joints, Replacement"
    assert said["GZ"] == "Mental Health, no body system"


def test_only_codes_are_billable(loaded):
    assert set(Descriptor.objects.filter(billable=True).values_list("code__code", flat=True)) == set(TITLES)


def test_titles_are_terms_of_the_search(loaded):
    assert Term.objects.get(code__code="GZJZZZZ").text == "Light Therapy"


def test_the_characters_are_named_in_one_query(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        labels = labels_of("0SRD0J9", date(2024, 5, 1))
    assert labels == {
        1: "Medical and Surgical",
        2: "Lower Joints",
        3: "Replacement",
        4: "Left Knee Joint",
        6: "Synthetic Substitute",
        7: "Cemented",
    }


def test_a_section_without_operations_in_its_headings_names_its_type(loaded):
    assert PcsValue.objects.get(prefix="GZJ", position=3).label == "Light Therapy"


def test_the_same_file_again_changes_nothing(loaded, titles_file):
    assert not icd10pcs.load(titles_file, **ABOUT).is_new


def test_too_few_codes_are_refused_and_nothing_is_loaded(db, titles_file):
    with pytest.raises(loading.Refused, match="has 4 codes; between 75,000"):
        icd10pcs.load(titles_file, **ABOUT)
    assert not Code.objects.exists()


def test_a_table_that_nothing_names_is_refused(db, few, tmp_path):
    path = tmp_path / "titles.csv"
    path.write_text('"0SR0001","One"\n"0ZZ0001","Two"\n')
    with pytest.raises(loading.Refused, match="No name is known for 0Z, 0ZZ"):
        icd10pcs.load(path, **ABOUT)


def test_every_table_of_the_package_has_a_name():
    titles = icd10pcs.read(packages.file("drg", "data/tuva/icd_10_pcs.csv")).titles
    assert len(titles) == 78_638
    assert {code[:size] for code in titles for size in (1, 2, 3)} <= set(icd10pcs.names())


def test_all_seventeen_sections_are_named():
    assert sum(len(code) == 1 for code in icd10pcs.names()) == 17


@pytest.mark.full
@pytest.mark.parametrize(("edition", "count"), [(2025, 78_948), (2026, 79_115)])
def test_cms_order_files_are_read_whole(edition, count):
    path = settings.BASE_DIR.parent / f"shared/data/icd10pcs/icd10pcs-order-{edition}.zip"
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    rows = icd10pcs.read(path)
    assert len(rows.titles) == count
    assert {code[:size] for code in rows.titles for size in (1, 2, 3)} <= set(icd10pcs.names(rows.headings))


@pytest.mark.full
@pytest.mark.django_db
def test_the_package_loads_whole():
    outcome = icd10pcs.load_packaged()
    assert (outcome.release.row_count, outcome.release.added) == (78_638, 78_638)
    assert Code.objects.filter(kind="range").count() == 1_036
