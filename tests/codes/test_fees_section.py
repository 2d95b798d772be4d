"""Fees and payment indicators on the code page, over a drawn fee schedule."""

import re
from datetime import date

import pytest

from codes.importers import anesthesia, pfs, zip5
from codes.importers.sources import Asked
from codes.models import Release
from tests.codes.importers import drawn_pfs

pytestmark = pytest.mark.django_db
ZIPS = (("36104", "AL", "1011200", "0"), ("35958", "AL", "1011200", "1"), ("99999", "AK", "0210299", "0"))


@pytest.fixture
def schedule(tmp_path, monkeypatch):
    """The drawn fee schedule of 2025 Q4, loaded; a function that loads other quarters."""
    drawn_pfs.small(monkeypatch)

    def load(**drawn):
        path = drawn_pfs.zipped(tmp_path / f"{len(drawn)}.zip", drawn_pfs.members(**drawn))
        return pfs.load(path, Asked())

    load()
    return load


@pytest.fixture
def zips(tmp_path, monkeypatch, schedule):
    """Three ZIP codes, one of them split."""
    monkeypatch.setattr(zip5, "LEAST", 1)
    path = tmp_path / "ZIP5_OCT2025.txt"
    lines = (f"{state}{code}{place} Z9   {flag} A{'':52}20254\n" for code, state, place, flag in ZIPS)
    path.write_text("".join(lines))
    return zip5.load(path, Asked())


def section(client, address, key="fees"):
    """The bytes of one section."""
    page = client.get(address).content.decode()
    start = page.find(f'id="section-{key}"')
    return page[start : page.index("</section>", start)] if start >= 0 else ""


def fees(client, address):
    """What stands in the two hooks: (non-facility, facility)."""
    part = section(client, address)
    return tuple(
        re.search(f'data-fee="{setting}">([^<]*)<', part)[1] for setting in ("nonfacility", "facility")
    )


# The two hooks


def test_without_a_locality_the_national_fee_stands(reader_client, schedule):
    assert fees(reader_client, "/cpt/11042/") == ("$125.18", "$58.87")


def test_a_locality_has_its_own_fee(reader_client, schedule):
    assert fees(reader_client, "/cpt/11042/?locality=10112-00") == ("$111.83", "$54.20")


def test_na_stands_where_the_indicator_does(reader_client, schedule):
    assert fees(reader_client, "/cpt/70450/")[1] == "NA"


def test_the_unmodified_line_has_the_hooks(reader_client, schedule):
    part = section(reader_client, "/cpt/70450/")
    assert part.count("data-fee=") == 2 and fees(reader_client, "/cpt/70450/")[0] == "$105.13"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/cpt/00100/", "anesthesia: base and time units"),
        ("/cpt/0042T/", "not covered by Medicare"),
        ("/cpt/0001F/", "not valid for Medicare"),
        ("/cpt/0001U/", "not under this schedule; another may pay"),
        ("/hcpcs/J1100/", "not under this schedule; another may pay"),
    ],
)
def test_a_status_without_an_amount_says_why(reader_client, schedule, address, words):
    assert fees(reader_client, address) == (words, words)


def test_units_that_medicare_does_not_pay_by_are_called_so(reader_client, schedule):
    lines = [line.replace(",A,,1.30", ",N,,1.30") for line in drawn_pfs.LINES]
    schedule(month="July", lines=lines)
    part = section(reader_client, "/cpt/99213/?dos=2025-08-01")
    assert "published; Medicare does not pay by them" in part


# The arithmetic, modifiers, caps, anesthesia


def test_the_arithmetic_stands_line_by_line(reader_client, schedule):
    part = section(reader_client, "/cpt/11042/?locality=10112-00")
    assert all(
        number in part for number in ("2.37237", "0.59092", "0.07475", "3.45712", "1.67567", "32.3465")
    )


def test_modifiers_have_their_own_units_and_fees(reader_client, schedule):
    part = section(reader_client, "/cpt/70450/")
    assert "Technical component" in part and "$66.31" in part


def test_a_code_that_stands_with_a_modifier_only_says_so(reader_client, schedule):
    lines = [line for line in drawn_pfs.LINES if not line.startswith("70450,,")]
    schedule(month="July", lines=lines)
    assert fees(reader_client, "/cpt/70450/?dos=2025-08-01") == ("no line without a modifier",) * 2


def test_the_cap_stands_beside_the_fee_of_the_locality(reader_client, schedule):
    part = section(reader_client, "/cpt/70450/?locality=10112-00")
    assert "OPPSCAP" in part and "$57.53" in part


def test_without_base_units_anesthesia_shows_the_factor(reader_client, schedule):
    part = section(reader_client, "/cpt/00100/?locality=10112-00")
    assert "base units not loaded" in part and "$19.31;" in part


def test_with_base_units_anesthesia_is_worked_out(reader_client, schedule, tmp_path, monkeypatch):
    monkeypatch.setattr(anesthesia, "LEAST", 1)
    path = tmp_path / "2025 base units.txt"
    path.write_text("00100\t5\n")
    anesthesia.load(path, Asked())
    assert "$173.79" in section(reader_client, "/cpt/00100/?locality=10112-00")


def test_one_quarter_has_no_drawing(reader_client, schedule):
    assert "<svg" not in section(reader_client, "/cpt/11042/")


def test_two_quarters_are_drawn_and_tabled(reader_client, schedule):
    schedule(month="July", lines=[line.replace("1.01,2.73", "1.02,2.73") for line in drawn_pfs.LINES])
    part = section(reader_client, "/cpt/11042/")
    assert part.count("<polyline") == 2 and "2025 Q3 (RVU25C)" in part and "$125.50" in part
    assert "style=" not in part


# The date of service


def test_a_day_of_another_quarter_has_its_units(reader_client, schedule):
    schedule(month="July", lines=[line.replace("1.01,2.73", "1.02,2.73") for line in drawn_pfs.LINES])
    assert fees(reader_client, "/cpt/11042/?dos=2025-09-30")[0] == "$125.50"
    assert fees(reader_client, "/cpt/11042/?dos=2025-10-01")[0] == "$125.18"


def test_what_is_not_loaded_is_called_so(reader_client, carriers):
    assert "not loaded" in section(reader_client, "/cpt/20703/")


def test_a_code_that_the_file_lacks_is_not_worked_out(reader_client, carriers, schedule):
    assert "does not name the code" in section(reader_client, "/cpt/20703/")


def test_a_demonstration_says_not_loaded_of_other_codes(reader_client, carriers, schedule):
    Release.objects.filter(source="pfs").update(is_demonstration=True)
    assert "not loaded" in section(reader_client, "/cpt/20703/")


def test_another_day_than_the_editions_hold_is_said_so(reader_client, carriers, schedule):
    assert "outside the loaded editions" in section(reader_client, "/cpt/20703/?dos=2026-02-01")


# The place


def test_a_zip_code_leads_to_its_locality(reader_client, zips):
    assert fees(reader_client, "/cpt/11042/?zip=36104") == ("$111.83", "$54.20")


def test_a_split_zip_code_asks_which(reader_client, zips):
    part = section(reader_client, "/cpt/11042/?zip=35958")
    assert "more than one locality" in part and "?locality=10112-00" in part
    assert "$125.18" in part


def test_an_unknown_zip_code_is_said_so(reader_client, zips):
    assert "ZIP code 12345 is not in the ZIP code file" in section(reader_client, "/cpt/11042/?zip=12345")


def test_a_zip_code_of_an_unknown_locality_is_said_so(reader_client, zips):
    assert "lies in 02102-99" in section(reader_client, "/cpt/11042/?zip=99999")


def test_without_the_zip_file_a_zip_code_cannot_be_looked_up(reader_client, schedule):
    assert "not loaded" in section(reader_client, "/cpt/11042/?zip=36104")


def test_an_unknown_locality_is_said_so(reader_client, schedule):
    assert "Locality 99999-99 is not in" in section(reader_client, "/cpt/11042/?locality=99999-99")


def test_the_place_is_remembered_for_the_next_code(reader_client, schedule):
    reader_client.get("/cpt/11042/?locality=10112-00")
    assert fees(reader_client, "/cpt/11042/")[0] == "$111.83"


def test_the_nation_is_the_way_back(reader_client, schedule):
    reader_client.get("/cpt/11042/?locality=10112-00")
    reader_client.get("/cpt/11042/?locality=national")
    assert fees(reader_client, "/cpt/11042/")[0] == "$125.18"


def test_two_places_are_two_kept_pages(reader_client, schedule):
    assert fees(reader_client, "/cpt/11042/?locality=10112-00") != fees(
        reader_client, "/cpt/11042/?locality=02402-02"
    )


def test_a_spoilt_cookie_is_no_place(reader_client, schedule):
    reader_client.cookies["place"] = "nowhere"
    assert fees(reader_client, "/cpt/11042/")[0] == "$125.18"


@pytest.mark.parametrize(
    "query",
    ["zip=3610", "zip=abcde", "zip=10112-00", "locality=10112", "locality=36104", "surgery=2025-13-01"],
)
def test_a_place_or_day_that_is_none_is_a_400_with_a_sentence(reader_client, schedule, query):
    response = reader_client.get(f"/cpt/11042/?{query}")
    assert response.status_code == 400 and "must" in response.content.decode()


# The gate


def test_a_guest_reads_no_fee_and_no_indicator(guest, schedule):
    page = guest.get("/cpt/11042/?locality=10112-00").content.decode()
    assert "111.83" not in page and "data-fee" not in page and "Endoscopic or minor" not in page


# Indicators


def test_twelve_indicators_stand_in_one_table(reader_client, schedule):
    part = section(reader_client, "/cpt/11042/", "modifiers")
    assert part.split("<tbody>")[1].count("<tr") == 12


def test_what_does_not_apply_stands_greyed_at_the_end(reader_client, schedule):
    rows = section(reader_client, "/cpt/11042/", "modifiers").split("<tbody>")[1].split("<tr")[1:]
    greyed = ['class="none"' in row for row in rows]
    assert greyed == sorted(greyed) and sum(greyed) == 4


def test_a_value_has_its_meaning_and_its_modifiers(reader_client, schedule):
    part = section(reader_client, "/cpt/27130/", "modifiers")
    assert "150 % of one code" in part and 'href="/modifiers/50/"' in part


def test_a_line_with_a_modifier_that_differs_is_told(reader_client, schedule):
    assert 'TC: <span class="code">01</span>' in section(reader_client, "/cpt/70450/", "modifiers")


def test_the_shares_of_the_package_are_told(reader_client, schedule):
    assert "69% the operation" in section(reader_client, "/cpt/27130/", "modifiers")


@pytest.mark.parametrize(
    ("code", "surgery", "last"),
    [("27130", "2025-11-01", "2026-01-30"), ("11042", "2025-11-01", "2025-11-01")],
)
def test_a_surgery_has_the_last_day_of_its_global_period(reader_client, schedule, code, surgery, last):
    part = section(reader_client, f"/cpt/{code}/?surgery={surgery}", "modifiers")
    assert f'data-global-end="{last}"' in part


def test_the_strip_has_global_days_units_and_fee(reader_client, schedule):
    strip = reader_client.get("/cpt/11042/").content.decode().split('id="facts"')[1].split("</dl>")[0]
    assert "000" in strip and "3.87 / 1.82" in strip and "$125.18 / $58.87" in strip


def test_each_section_is_one_query(schedule, django_assert_num_queries):
    from codes.models.fee_page import fee_facts, lines_on
    from codes.places import Place

    with django_assert_num_queries(2):
        lines_on("11042", date(2025, 10, 1))
        fee_facts("11042", Place(), date(2025, 10, 1), None, None)
