"""The ICD-10-PCS tables with their definitions, drawn in CMS's layout."""

import re
from datetime import date

import pytest

from codes.importers import icd10pcs, pcs_tables
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import PcsDefinition
from codes.models.pcs import labels_of, values_of
from tests.codes.importers import icd_files

ON = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    icd_files.let_few_pass(monkeypatch)


@pytest.fixture
def put(tmp_path):
    """Write the zip of tables down, with something replaced; returns its path."""

    def put_one(old="", new=""):
        path = tmp_path / "icd10pcs_tables_2026.zip"
        tables = icd_files.PCS_TABLES.replace(old, new)
        members = {
            "icd10pcs_tables_2026.xml": tables,
            "icd10pcs_definitions_2026.xml": icd_files.PCS_DEFINITIONS,
        }
        path.write_bytes(icd_files.zipped(members))
        return path

    return put_one


def test_each_character_of_a_table_has_its_label(put):
    labels = pcs_tables.read(put()).labels
    assert labels["0SR", 3, "R"] == "Replacement"
    assert labels["0SR", 4, "B"] == "Hip Joint, Left"


def test_the_codes_of_each_row_are_counted(put):
    assert pcs_tables.read(put()).code_count == 4


def test_definitions_come_from_the_second_file(put):
    assert pcs_tables.read(put()).meanings == [
        (
            "0",
            3,
            "Replacement",
            "Putting in a drawn part that takes the place of another",
            "The old part may have been taken out before",
            "Total hip, drawn",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('codes="4"', 'codes="5"', "a row of table 0SR makes 4 codes, not 5"),
        ('<axis pos="2"', '<axis pos="9"', "position “9”"),
        ('<label code="R">Replacement</label>', "", "position “3”"),
        ('<axis pos="3"', '<axis pos="2"', "does not begin with its section, body system and operation"),
        (">Open<", "><", "without its character or text"),
    ],
)
def test_another_layout_is_refused(put, old, new, said):
    with pytest.raises(Refused, match=re.escape(said)):
        pcs_tables.read(put(old, new))


@pytest.mark.django_db
def test_the_tables_labels_come_before_those_learned_from_titles(put, tmp_path):
    order = tmp_path / "icd10pcs_order_2026.txt"
    order.write_bytes(icd_files.procedures())
    icd10pcs.load_order(order, Asked())
    learned = labels_of("0SRB0KZ", ON)
    pcs_tables.load(put(), Asked())
    assert learned[4] == "Left Hip Joint"
    assert labels_of("0SRB0KZ", ON) == {
        1: "Medical and Surgical",
        2: "Lower Joints",
        3: "Replacement",
        4: "Hip Joint, Left",
        5: "Open",
        6: "Nonautologous Tissue Substitute",
        7: "No Qualifier",
    }


@pytest.mark.django_db
def test_a_character_is_told_with_its_definition_in_one_query(put, django_assert_num_queries):
    pcs_tables.load(put(), Asked())
    with django_assert_num_queries(1):
        values = values_of("0SRB0KZ", ON)
    assert values[3] == ("Replacement", "Putting in a drawn part that takes the place of another")
    assert values[4] == ("Hip Joint, Left", "")


@pytest.mark.django_db
def test_tables_answer_inside_their_edition_only(put):
    pcs_tables.load(put(), Asked())
    assert PcsDefinition.objects.in_force(ON).count() == 1
    assert values_of("0SRB0KZ", date(2027, 1, 1)) == {}


@pytest.mark.django_db
def test_a_procedures_page_says_what_its_operation_means(put, tmp_path, reader_client):
    order = tmp_path / "icd10pcs_order_2026.txt"
    order.write_bytes(icd_files.procedures())
    icd10pcs.load_order(order, Asked())
    pcs_tables.load(put(), Asked())
    page = reader_client.get("/icd-10-pcs/0SRB0KZ/").content.decode()
    assert "Putting in a drawn part that takes the place of another" in page
