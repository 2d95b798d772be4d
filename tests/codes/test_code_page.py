"""The code page as guests and readers see it."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import PageView
from tests import drawn

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def section(page, key):
    """The bytes of one section of a page, empty where it is not there."""
    start = page.find(f'id="section-{key}"')
    return page[start : page.index("</section>", start)] if start >= 0 else ""


# What stands on it


def test_a_guest_reads_the_official_description(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert "Type 2 diabetes mellitus without complications" in page and 'id="official-description"' in page


def test_a_guest_reads_the_common_language_description(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert "Sugar builds up in the blood." in page


def test_a_code_named_in_the_lay_text_is_a_link(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert 'href="/icd-10-cm/E11.65/"' in page.split('id="common-language-description"')[1]


def test_a_seed_text_says_that_it_is_not_reviewed(guest, diabetes):
    assert "not yet reviewed by a certified coder" in text(guest.get("/icd-10-cm/E11.9/"))


def test_the_notice_is_the_releases_own(guest, diabetes):
    assert "Notice of FY2026, April 2026 update." in text(guest.get("/icd-10-cm/E11.9/"))


def test_the_codes_own_notes_stand_with_the_official_description(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert (
        "without complications in remission ("
        in page.split('id="official-description"')[1].split("</section>")[0]
    )


def test_there_is_one_h1_and_it_is_the_code(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert page.count("<h1") == 1 and '<h1 class="code">E11.9</h1>' in page


def test_the_neighbours_are_listed_with_the_code_marked(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert 'aria-current="page"' in page and 'href="/icd-10-cm/E11.A/"' in page


def test_a_guest_of_a_procedure_meets_seven_locked_cards(guest, carriers):
    page = text(guest.get("/cpt/20703/"))
    assert page.count("Register to view content") == 7
    assert page.count("Create a free account to unlock this content") == 7


def test_a_section_that_cannot_apply_has_no_lock(guest, diabetes):
    card = section(text(guest.get("/icd-10-cm/E11.9/")), "ncci")
    assert "do not apply to diagnosis codes" in card and "Register" not in card


def test_demonstration_words_say_what_they_are(guest, carriers):
    assert "Licensed by the AMA, not loaded. Stand-in written for this project" in text(
        guest.get("/cpt/20703/")
    )


def test_an_add_on_code_is_called_so(guest, carriers):
    assert "Add-on code" in text(guest.get("/cpt/20703/"))


# The gate: gated text is absent from a guest's bytes


def test_notes_from_above_are_absent_from_a_guests_page(guest, diabetes):
    assert "gestational diabetes of the drawn kind" not in text(guest.get("/icd-10-cm/E11.9/"))


def test_a_reader_reads_the_notes_from_above(reader_client, diabetes):
    assert "gestational diabetes of the drawn kind" in section(
        text(reader_client.get("/icd-10-cm/E11.9/")), "guidelines"
    )


def test_each_note_names_where_it_comes_from(reader_client, diabetes):
    part = section(text(reader_client.get("/icd-10-cm/E11.9/")), "guidelines")
    assert "Chapter 4" in part and 'href="/icd-10-cm/E11/"' in part


def test_inclusion_terms_are_gated(guest, reader_client, diabetes):
    address = "/icd-10-cm/E11.65/"
    assert "Sugar above the drawn measure" not in text(guest.get(address))
    assert "Sugar above the drawn measure" in section(text(reader_client.get(address)), "crosswalks")


def test_what_is_not_loaded_is_called_so(reader_client, carriers):
    assert "not loaded" in section(text(reader_client.get("/cpt/20703/")), "fees")


def test_who_names_this_code_lists_notes_elsewhere(reader_client, diabetes):
    part = section(text(reader_client.get("/icd-10-cm/E11.A/")), "guidelines")
    assert "Who names this code" in part and 'href="/icd-10-cm/E11.9/"' in part


def test_one_note_that_names_it_by_a_wide_range_stands_in_the_singular(reader_client, diabetes):
    signs = drawn.code(diabetes.release, "R70-R79", "Abnormal findings on examination of blood")
    drawn.note(signs, diabetes.release, "excludes2", "endocrine diseases (E00-E89)")
    part = section(text(reader_client.get("/icd-10-cm/E11.A/")), "guidelines")
    assert "1 more note names it by a wide range" in part


def test_a_code_without_a_lay_description_bears_no_notice_of_one(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.A/")).split('id="common-language-description"')[1]
    lay = page.split("</section>")[0]
    assert "Nobody has written this one yet." in lay and "© Copyright" not in lay


# The wall


@pytest.fixture
def walled(guest, diabetes):
    """A guest whose one view is spent."""
    guest.get("/icd-10-cm/E11.65/")
    return guest


def test_the_wall_keeps_the_free_shell(walled):
    page = text(walled.get("/icd-10-cm/E11.9/"))
    assert "Type 2 diabetes mellitus without complications" in page and "E08-E13" in page


def test_the_wall_holds_no_lay_text(walled):
    page = text(walled.get("/icd-10-cm/E11.9/"))
    assert "Sugar builds up" not in page and 'id="common-language-description"' not in page


def test_the_wall_holds_no_section(walled):
    assert "section-guidelines" not in text(walled.get("/icd-10-cm/E11.9/")).replace(
        "#section-guidelines", ""
    )


def test_the_wall_of_a_licensed_code_holds_our_short_name_only(walled, carriers):
    page = text(walled.get("/cpt/20703/"))
    assert "Taken out, inside bone" in page and "Taking out a carrier" not in page


# Addresses


@pytest.mark.parametrize("spelling", ["e119", "E119", "e11.9", "E11.9", "E119/", "e11.9/"])
def test_every_spelling_is_sent_to_the_one_address(guest, diabetes, spelling):
    response = guest.get(f"/icd-10-cm/{spelling}")
    assert (response.status_code, response["Location"]) == (301, "/icd-10-cm/E11.9/")


def test_the_redirect_keeps_what_was_asked_for(guest, diabetes):
    assert guest.get("/icd-10-cm/e119/?dos=2026-05-01")["Location"] == "/icd-10-cm/E11.9/?dos=2026-05-01"


@pytest.mark.parametrize(
    "address", ["/cpt/99999/", "/icd-10-cm/ZZZ/", "/nope/1/", "/icd-10-cm/%00/", "/icd-10-cm/%ff/"]
)
def test_what_is_not_there_is_404(guest, diabetes, address):
    assert guest.get(address).status_code == 404


def test_a_404_names_near_misses(guest, diabetes):
    assert 'href="/icd-10-cm/E11.9/"' in text(guest.get("/icd-10-cm/E11.8/"))


@pytest.mark.parametrize("query", ["dos=yesterday", "dos=2026-02-30", "zip=abc", "locality=zz-zz", "dos=%00"])
def test_a_bad_question_is_400_with_a_sentence(guest, diabetes, query):
    response = guest.get(f"/icd-10-cm/E11.9/?{query}")
    assert response.status_code == 400 and "must" in text(response)


# What is counted


def test_a_header_costs_nothing(guest, diabetes):
    guest.get("/icd-10-cm/E11/")
    assert not PageView.objects.exists()


def test_seventh_characters_count_as_one(reader_client, fracture):
    reader_client.get("/icd-10-cm/S72.001A/")
    reader_client.get("/icd-10-cm/S72.001D/")
    assert PageView.objects.count() == 1


def test_an_ended_code_costs_nothing(guest, diabetes):
    diabetes.e119.descriptors.update(terminated_on="2026-06-30")
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert "Ended 2026-06-30" in page and not PageView.objects.exists()


def test_another_day_does_not_open_a_page_for_nothing(guest, diabetes):
    guest.get("/icd-10-cm/E11.65/")
    assert "Sugar builds up" not in text(guest.get("/icd-10-cm/E11.9/?dos=2019-01-01"))


# The date of service


def test_a_day_outside_the_editions_is_called_so(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/?dos=2019-01-01"))
    assert "2019-01-01 is outside the loaded editions (from 2026-04-01 to 2026-09-30)" in page


def test_a_day_inside_names_the_edition_that_answers(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/?dos=2026-05-01"))
    assert "answered by FY2026, April 2026 update (2026-04-01 to 2026-09-30)" in page


def test_a_title_of_an_earlier_window_answers_for_its_day(guest, diabetes):
    later = drawn.release("icd-10-cm", "FY2027", drawn.date(2026, 10, 1), drawn.date(2027, 9, 30))
    diabetes.e119.descriptors.update(terminated_on="2026-09-30")
    drawn.descriptor(diabetes.e119, later, "Diabetes under its drawn new title")
    assert "drawn new title" not in text(guest.get("/icd-10-cm/E11.9/?dos=2026-05-01"))
    assert "drawn new title" in text(guest.get("/icd-10-cm/E11.9/?dos=2026-11-01"))


# Choices of a header


def test_a_header_lists_the_codes_below_it(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11/"))
    assert "Not billable: choose below" in page and 'href="/icd-10-cm/E11.65/"' in page


def test_sides_and_seventh_characters_stand_in_a_grid(guest, fracture):
    page = text(guest.get("/icd-10-cm/S72.00/"))
    assert '<th scope="col">7th character</th>' in page and 'href="/icd-10-cm/S72.002D/"' in page


def test_the_other_sides_are_listed_for_a_reader(reader_client, fracture):
    assert "S72.002A" in section(text(reader_client.get("/icd-10-cm/S72.001A/")), "guidelines")


# Structured data


def test_structured_data_holds_no_gated_text(guest, diabetes):
    data = text(guest.get("/icd-10-cm/E11.9/")).split('application/ld+json">')[1].split("</script>")[0]
    assert '"isAccessibleForFree": false' in data and "Sugar" not in data


# Queries, transaction control aside, page already counted


@pytest.fixture
def asked(django_assert_max_num_queries):
    return django_assert_max_num_queries


def test_a_guest_reopening_a_page_costs_at_most_three_queries(guest, diabetes, asked):
    guest.get("/icd-10-cm/E11.9/")
    with asked(3):
        guest.get("/icd-10-cm/E11.9/")


def test_a_reader_reopening_a_page_costs_four_queries_and_one_for_each_section(
    reader_client, diabetes, asked
):
    reader_client.get("/icd-10-cm/E11.9/")
    with asked(4 + 6):
        reader_client.get("/icd-10-cm/E11.9/")


def test_the_page_is_light(reader_client, diabetes):
    assert len(reader_client.get("/icd-10-cm/E11.9/").content) < 40_000


def test_a_new_guest_gets_a_cookie_and_the_contracts_line(diabetes):
    page = text(Client().get("/icd-10-cm/E11.9/"))
    assert (
        '0 code page views remaining. Guest accounts are limited to 1 page view. <a href="/accounts/signup/">'
        in page
    )


def test_new_words_do_not_begin_a_code_anew(guest, diabetes):
    drawn.descriptor(
        diabetes.e119,
        diabetes.release,
        "Earlier words",
        effective_on=date(2024, 10, 1),
        terminated_on=date(2026, 3, 31),
        start_known=True,
    )
    assert "in force since 2024-10-01" in text(guest.get("/icd-10-cm/E11.9/"))


def test_a_start_before_the_loaded_files_is_not_told(guest, diabetes):
    drawn.descriptor(
        diabetes.e119,
        diabetes.release,
        "Earlier words",
        effective_on=date(2024, 10, 1),
        terminated_on=date(2026, 3, 31),
    )
    diabetes.e119.descriptors.filter(effective_on=date(2026, 4, 1)).update(start_known=True)
    assert "in force since" not in text(guest.get("/icd-10-cm/E11.9/"))


# What the day asked for changes


def test_a_day_long_before_every_edition_is_outside_them(guest, diabetes):
    assert "outside the loaded editions" in text(guest.get("/icd-10-cm/E11.9/?dos=0001-01-01"))


def test_the_day_stays_in_links_to_other_codes(guest, diabetes):
    page = text(guest.get("/icd-10-cm/E11.9/?dos=2026-05-01"))
    assert 'href="/icd-10-cm/E11.65/?dos=2026-05-01"' in page
    assert 'href="/icd-10-cm/E11.65/"' not in page


def test_the_strip_answers_nothing_for_a_day_outside(reader_client, diabetes):
    page = text(reader_client.get("/icd-10-cm/E11.9/?dos=2019-01-01"))
    strip = page[page.index('class="strip"') : page.index("</dl>")]
    assert "Yes" not in strip
    assert strip.count("not for that day") == 6


def test_a_code_that_ends_later_is_still_metered(guest, diabetes):
    diabetes.e119.descriptors.update(terminated_on="2999-12-31")
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert "until 2999-12-31" in page
    assert PageView.objects.count() == 1


def test_staff_see_the_command_that_loads_what_is_missing(client, reader, carriers):
    reader.is_staff = True
    reader.save()
    client.force_login(reader)
    assert "manage.py import_release" in text(client.get("/cpt/20703/"))


def test_a_reader_sees_no_command(reader_client, carriers):
    assert "manage.py" not in text(reader_client.get("/cpt/20703/"))


def test_a_readers_wall_does_not_offer_him_an_account(reader_client, reader, diabetes):
    from accounts.models import Visitor

    Visitor.objects.create(user=reader, allowance=0)
    page = text(reader_client.get("/icd-10-cm/E11.9/"))
    assert "with an account" not in page
    assert "on an opened page" in page


def test_a_day_of_another_file_says_that_its_notes_are_not_loaded(reader_client, diabetes):
    earlier = drawn.release(
        "icd-10-cm", "FY2025", date(2024, 10, 1), date(2025, 9, 30), source="icd10cm-order"
    )
    drawn.descriptor(
        diabetes.e119,
        earlier,
        "Type 2 diabetes mellitus without complications",
        terminated_on=date(2026, 3, 31),
    )
    page = text(reader_client.get("/icd-10-cm/E11.9/?dos=2025-01-01"))
    assert "the tabular list of that day" in section(page, "guidelines")
    assert "prints no note" not in page


def test_the_edition_under_the_words_is_the_one_that_answers(guest, diabetes):
    drawn.release(
        "icd-10-cm", "FY2026, order file", date(2025, 10, 1), date(2026, 3, 31), source="icd10cm-order"
    )
    diabetes.e119.descriptors.update(
        effective_on=date(2025, 10, 1), release=diabetes.release.code_set.releases.get(source="icd10cm-order")
    )
    page = text(guest.get("/icd-10-cm/E11.9/"))
    assert "Notice of FY2026, April 2026 update." in page
