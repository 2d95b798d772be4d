"""NCCI's section, pair page and list of pairs: what they say of a day, to whom, and with how few queries."""

from datetime import date

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes.models import ncci as queries
from tests.codes.importers import ncci

pytestmark = pytest.mark.django_db
PAIR = "/ncci/99291/99285/"


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """All of NCCI's files, drawn small, for 2024 Q3; the hospital's pairs are not loaded."""
    ncci.small(monkeypatch)
    for source in ("ptp-practitioner", "mue-practitioner", "mue-outpatient", "aoc"):
        ncci.load(tmp_path, source, quarter="2024" if source == "aoc" else "2024q3")


@pytest.fixture
def page(loaded, reader_client):
    """A reader's page as text."""
    return lambda address: reader_client.get(address).content.decode()


def verdict(page):
    return page.split('data-verdict="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        (PAIR, "modifier", "99291 (column 1) is eligible for payment, 99285 (column 2) is denied."),
        ("/ncci/99285/99291/", "modifier", "99291 (column 1) is eligible for payment"),
        (f"{PAIR}?dos=2018-06-01", "not-paid", "no modifier lifts it"),
        (f"{PAIR}?dos=2009-06-01", "none", "one begins on 2010-01-01"),
        (f"{PAIR}?dos=2024-10-01", "not-loaded", "the loaded editions reach from 1996-01-01 to 2024-09-30"),
        (f"{PAIR}?dos=1990-01-01", "not-loaded", "not loaded for 1990-01-01"),
        (f"{PAIR}?setting=hospital", "not-loaded", "The hospital edits are not loaded."),
        ("/ncci/11042/99213/", "none", "No edit between 11042 and 99213 in 2024 Q3."),
        ("/ncci/11042/99211/", "none", "No edit between 11042 and 99211 in 2024 Q3."),
        ("/ncci/11042/64450/", "ended", "ended on 2023-12-31"),
        ("/ncci/11042/64450/?dos=2023-12-31", "modifier", "64450 (column 2) is denied"),
        ("/ncci/11042/97597/?dos=2015-03-31", "modifier", "97597 (column 1) is eligible"),
        ("/ncci/11042/97597/?dos=2015-04-01", "modifier", "11042 (column 1) is eligible"),
    ],
)
def test_a_verdict_is_the_file_s_on_its_day(page, address, kind, words):
    text = page(address)
    assert verdict(text) == kind
    assert words in text


def test_nothing_is_not_called_none_where_no_file_is_loaded(carriers, reader_client):
    text = reader_client.get("/ncci/20702/20703/").content.decode()
    assert verdict(text) == "not-loaded" and "The practitioner edits are not loaded." in text


def test_every_window_of_both_orders_stands_in_the_table(page):
    text = page("/ncci/97597/11042/")
    row = (
        '<tr data-setting="practitioner" data-column-one="{}" data-column-two="{}" '
        'data-effective="{}" data-terminated="{}" data-indicator="1"'
    )
    assert row.format("11042", "97597", "2015-04-01", "") in text
    assert row.format("97597", "11042", "2008-01-01", "2015-03-31") in text


def test_a_row_that_was_never_in_force_is_history(page):
    text = page("/ncci/11042/99211/")
    assert 'data-indicator="9"' in text and "9, never in force" in text


def test_fifty_nine_stood_on_the_column_two_code_before_july_2019(page):
    old, new = page("/ncci/11042/97597/?dos=2019-06-30"), page("/ncci/11042/97597/?dos=2019-07-01")
    assert "XU on the column 2 code" in old and "XU on either code" in new


@pytest.mark.parametrize(
    "address", [PAIR, "/ncci/11042/64450/", "/ncci/11042/", "/cpt/11042/", "/cpt/11045/"]
)
def test_pages_are_valid_html(page, address):
    html5lib.HTMLParser(strict=True).parse(page(address))


GATED = (
    "eligible for payment",
    "data-verdict",
    "2017-09-30",
    "CPT Manual or CMS",
    "data-mue",
    "a modifier may lift it",
)


@pytest.mark.parametrize("address", [PAIR, f"{PAIR}?dos=2018-06-01", "/ncci/99291/", "/cpt/99291/"])
def test_a_guest_gets_no_gated_byte(loaded, reader_client, guest, address):
    reader_client.get(address)  # what is kept for readers is not shown to a guest
    text = guest.get(address).content.decode()
    assert not [words for words in GATED if words in text]
    assert "Register to view content" in text and "Create a free account to unlock this content" in text


def test_a_guest_sees_both_codes_and_one_locked_card(loaded, guest):
    text = guest.get(PAIR).content.decode()
    assert "99291 / 99285" in text and text.count("Register to view content") == 1


def test_pairs_cost_no_page_view(loaded, reader_client):
    from accounts.models import PageView

    reader_client.get(PAIR)
    reader_client.get("/ncci/99291/")
    assert not PageView.objects.exists()


def test_pair_pages_are_in_no_shared_cache(loaded, reader_client):
    response = reader_client.get(PAIR)
    assert (response["Cache-Control"], response["Vary"]) == ("private, no-store", "Cookie")


@pytest.mark.parametrize("address", [PAIR, "/ncci/11042/64450/?dos=2020-01-01", "/ncci/11042/"])
def test_a_pair_page_takes_at_most_four_queries(loaded, reader_client, address):
    with CaptureQueriesContext(connection) as asked:
        reader_client.get(address)
    assert len(asked) <= 4


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ncci/a/b/", 404),
        ("/ncci/99213/", 200),
        ("/ncci/99213/99999/", 404),
        ("/ncci/00000/", 404),
        ("/ncci/11042/D7999/", 404),
        ("/ncci/99213/99213/", 400),
        (f"{PAIR}?dos=tomorrow", 400),
        (f"{PAIR}?setting=asc", 400),
        ("/ncci/99213/?column=3", 400),
        ("/ncci/99213/?q=%00", 400),
        ("/ncci/99213/?after=123456", 400),
        ("/ncci/%00/99213/", 404),
        ("/ncci/%FF/%FE/", 404),
        (f"/ncci/{'9' * 300}/99213/", 404),
        ("/ncci/99291/99285", 301),
        ("/ncci/99213", 301),
        ("/ncci/11042/g0463/", 301),
    ],
)
def test_an_address_answers_without_an_error(loaded, reader_client, address, status):
    assert reader_client.get(address).status_code == status


def test_a_redirect_keeps_the_day(loaded, reader_client):
    response = reader_client.get("/ncci/11042/g0463?dos=2024-08-01")
    assert response["Location"] == "/ncci/11042/G0463/?dos=2024-08-01"


def test_the_section_counts_what_is_in_force(page):
    text = " ".join(page("/cpt/11042/").split())
    assert (
        "column 1 in <strong>3</strong> pairs (3 admit a modifier, 0 do not), column 2 in <strong>0</strong>"
        in text
    )
    assert "<dt>PTP edits</dt><dd>3 / 0</dd>" in text and "<dt>MUE</dt><dd>1 · MAI 2</dd>" in text


def test_zero_units_are_zero(page):
    assert '<strong data-mue="practitioner">0</strong>' in page("/cpt/99213/")


def test_a_limit_names_its_reason_or_its_silence(page):
    text = page("/cpt/11042/")
    assert "Rationale: CMS Policy." in text
    assert "<dt>Equipment supplier</dt>" in text and '<dd class="hint">not loaded</dd>' in text
    assert "no unit limit published in 2024 Q3" in page("/cpt/99291/")


def test_an_add_on_code_names_its_primaries(page):
    text = page("/cpt/11045/")
    assert "type 1: the primary codes are this list" in text
    assert (
        '<a class="code" href="/cpt/11042/">11042</a>' in text
        and "/cpt/97597/" not in text.split('id="section-ncci"')[1]
    )


def test_a_contractor_s_primaries_are_said_in_words(page):
    assert "CCCCC: the contractor defines primary codes." in page("/cpt/20703/")


def test_a_primary_code_names_its_add_ons(page):
    assert "1 add-on code:" in page("/cpt/11042/")


def test_the_section_follows_the_date_of_service(page):
    text = page("/cpt/11042/?dos=2024-10-05")
    assert "not loaded for 2024-10-05" in text and "data-mue" not in text


def test_diagnoses_have_no_edits(diabetes, reader_client):
    assert "do not apply to diagnosis codes" in reader_client.get("/icd-10-cm/E11.9/").content.decode()


def test_without_a_file_the_section_says_which_would_fill_it(carriers, reader_client):
    text = reader_client.get("/cpt/20703/").content.decode()
    assert "It comes with the NCCI procedure-to-procedure" in text


def test_a_list_begins_behind_the_last_pair_shown(loaded, reader_client, monkeypatch):
    asking = (1, date(2024, 8, 1), date(2024, 7, 1))
    monkeypatch.setitem(queries.LISTS, 1, queries.LISTS[1].replace("LIMIT 101", "LIMIT 3"))
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    first, more = queries.page_of_pairs("11042", 1, asking)
    assert ([row["column_two"] for row in first], more) == (["97597", "D7999"], True)
    rest, more = queries.page_of_pairs("11042", 1, asking, after="D7999")
    assert ([row["column_two"] for row in rest], more) == (["G0463"], False)


def test_a_list_is_searched_by_the_other_code(page):
    text = page("/ncci/11042/?q=g04")
    assert "/ncci/11042/G0463/" in text and "/ncci/11042/97597/" not in text


def test_a_list_of_the_other_column_is_a_link_away(page):
    assert "/ncci/99291/99285/" in page("/ncci/99285/?column=2")
