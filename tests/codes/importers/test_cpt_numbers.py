"""Numbers of CMS's files: each has its code and a place, none has words before the publisher's file has come."""

from datetime import date

import pytest

from codes.importers import cpt_numbers, loading, stand_ins
from codes.importers.number_spans import holds, rank
from codes.models import Code, Descriptor
from tests import drawn

pytestmark = pytest.mark.django_db
JULY_2024 = date(2024, 7, 1)


@pytest.fixture
def named(tmp_path):
    """Load a drawn file that names numbers: `named(["99213"])`."""

    def load(numbers, since=None, source="mue-practitioner"):
        path = tmp_path / f"{source}.txt"
        path.write_text(f"{numbers} {since}")
        edition = loading.Edition(source, "2024 Q3", JULY_2024, path.name, (path,), notice="CMS’s line.")
        return loading.load(
            edition, lambda: numbers, lambda this, rows: cpt_numbers.ensure(this, rows, since)
        )

    return load


@pytest.mark.parametrize(
    ("number", "code_set"),
    [
        ("99213", "cpt"),
        ("0042T", "cpt"),
        ("0001F", "cpt"),
        ("0001U", "cpt"),
        ("G2211", "hcpcs"),
        ("D0120", None),
        ("CCCCC", None),
        ("9921", None),
        ("99213 ", None),
    ],
)
def test_a_number_belongs_to_one_code_set(number, code_set):
    assert cpt_numbers.code_set_of(number) == code_set


def test_a_number_has_a_descriptor_without_words(named):
    named(["99213"])
    said = Descriptor.objects.get(code__code="99213")
    assert (said.long, said.short, said.effective_on, said.terminated_on) == ("", "", JULY_2024, None)
    assert said.release.source == "mue-practitioner"


def test_dental_numbers_have_no_page(named):
    named(["D0120", "G2211"])
    assert list(Code.objects.filter(kind="code").values_list("code", flat=True)) == ["G2211"]


def test_a_number_stands_in_the_range_that_is_there(carriers, named):
    named(["21010"])
    named(["20501"], source="aoc")
    parents = dict(Code.objects.filter(kind="code").values_list("code", "parent__code"))
    assert (parents["21010"], parents["20501"]) == ("20100-29999", "20500-20705")


def test_a_range_of_ours_is_named_in_our_words(named):
    named(["00100"])
    assert Descriptor.objects.get(code__code="00000-09999").short == "Anesthesia"


def test_a_number_in_no_range_stands_in_its_hundred(named):
    named(["20005"])
    assert Code.objects.get(code="20005").path == ["20000-20099"]


def test_codes_stand_in_the_order_of_their_numbers(carriers, named):
    named(["0042T", "20704", "20700", "20610"])
    codes = Code.objects.filter(kind="code").order_by("position")
    assert [code.code for code in codes] == ["20610", "20700", "20702", "20703", "20704", "0042T"]
    assert len({code.position for code in Code.objects.all()}) == Code.objects.count()


def test_a_code_with_words_keeps_them(carriers, named):
    named(["20703"])
    assert Descriptor.objects.get(code__code="20703").short == "Taken out, inside bone"


def test_an_earlier_file_brings_an_earlier_day(named):
    named(["99213"])
    named(["99213"], since=date(1996, 1, 1), source="ptp-practitioner")
    named(["99213"], source="mue-outpatient")
    assert Descriptor.objects.get(code__code="99213").effective_on == date(1996, 1, 1)


def test_words_that_come_later_take_the_place_of_none(named):
    named(["99213"], since=date(1996, 1, 1))
    code = Code.objects.get(code="99213")
    stand_ins.give_way([code.pk], date(2026, 1, 1))
    drawn.descriptor(code, drawn.release("cpt", starts=date(2026, 1, 1)), "Words of the drawn file")
    assert str(code.descriptors.order_by("effective_on")[0].terminated_on) == "2025-12-31"


def test_a_number_named_after_the_words_begin_gives_way_whole(named):
    named(["99213"])
    stand_ins.give_way([Code.objects.get(code="99213").pk], date(2024, 1, 1))
    assert not Descriptor.objects.filter(code__code="99213").exists()


def test_the_page_says_whose_the_missing_words_are(named, reader_client):
    named(["99213", "G2211"])
    page = reader_client.get("/cpt/99213/").content.decode()
    assert "Official descriptor: licensed by the AMA, not loaded." in page
    assert "CMS’s line." in page
    assert "CMS’s HCPCS Level II file, not loaded" in reader_client.get("/hcpcs/G2211/").content.decode()


def test_a_walled_page_says_it_too(named, guest):
    named(["99213", "99214"])
    guest.get("/cpt/99214/")
    assert "licensed by the AMA, not loaded" in guest.get("/cpt/99213/").content.decode()


def test_a_number_is_not_called_billable(named, reader_client):
    named(["99213"])
    page = reader_client.get("/cpt/99213/").content.decode()
    assert "no loaded edition of CPT® says whether it can be reported" in page


def test_a_day_before_the_files_is_outside(named, reader_client):
    named(["99213"])
    page = reader_client.get("/cpt/99213/?dos=2020-01-01").content.decode()
    assert "2020-01-01 is before the loaded files that name it (from 2024-07-01)." in page


def test_lists_name_our_ranges_and_show_numbers_alone(named, guest):
    named(["99213"])
    assert "Visits, advice, care over time" in guest.get("/cpt/").content.decode()
    assert "99213" in guest.get("/cpt/99202-99499/").content.decode()


def test_ranges_sort_before_what_they_hold():
    codes = ["0042T", "20703", "20500-20705", "20100-29999", "20100"]
    assert sorted(codes, key=rank) == ["20100-29999", "20100", "20500-20705", "20703", "0042T"]


def test_a_letter_is_no_digit_in_a_range():
    assert not holds("00000-09999", "0042T")
    assert holds("0001T-9999T", "0042T")
