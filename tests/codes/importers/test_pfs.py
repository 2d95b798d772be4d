"""The physician fee schedule: CMS's zip, drawn small, and the real one where it lies beside the project."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from codes.importers import fee_demonstration, pfs
from codes.importers.loading import Refused
from codes.importers.sources import Asked, every_source
from codes.models import Code, Descriptor, Locality, OppsCap, RelativeValue, Release, ReleaseChange
from tests.codes.importers import damaging, drawn_pfs
from tests.codes.importers.mutants import EVERYDAY, FULL, copies, mutated, undone

pytestmark = pytest.mark.django_db
REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "pfs" / "RVU25D.zip"
needs_real = pytest.mark.skipif(not REAL.exists(), reason=f"{REAL.name} is not beside the project")


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load a drawn zip: `load(lines=…, month=…, gpci=…)`; returns the outcome."""
    drawn_pfs.small(monkeypatch)

    def load_zip(asked=None, name="RVU25D.zip", **drawn):
        path = drawn_pfs.zipped(tmp_path / name, drawn_pfs.members(**drawn))
        return pfs.load(path, asked or Asked())

    return load_zip


def changed(line, **cells):
    """A line of PPRRVU with other cells by their place from 0: `changed(line, c5="1.02")`."""
    parts = line.split(",")
    for place, cell in cells.items():
        parts[int(place[1:])] = cell
    return ",".join(parts)


def refusal(load, **drawn):
    """The sentence by which a drawn zip is refused, with nothing changed."""
    with pytest.raises(Refused) as caught:
        load(**drawn)
    assert not Release.objects.exists() and not RelativeValue.objects.exists()
    return str(caught.value)


def first_with(cells):
    """The drawn lines with the first one changed."""
    return (changed(drawn_pfs.LINES[0], **cells), *drawn_pfs.LINES[1:])


# What is loaded


def test_it_is_a_source():
    assert every_source()["pfs"].is_tried


def test_a_line_is_loaded_as_it_stands(load):
    load()
    line = RelativeValue.objects.get(procedure="11042")
    said = (line.work, line.nonfacility_pe, line.facility_pe, line.malpractice, line.conversion_factor)
    assert list(map(str, said)) == ["1.01", "2.73", "0.68", "0.13", "32.3465"]


def test_na_is_kept_apart_from_the_number(load):
    load()
    line = RelativeValue.objects.get(procedure="70450", modifier="")
    assert (line.nonfacility_na, line.facility_na, line.facility_pe) == (False, True, Decimal("2.35"))


def test_modifiers_have_lines_of_their_own(load):
    load()
    found = RelativeValue.objects.filter(procedure="70450").values_list("modifier", "supervision")
    assert dict(found) == {"": "09", "26": "09", "TC": "01"}


def test_the_quarter_is_read_from_the_heading(load):
    release = load().release
    said = (release.edition, str(release.effective_on), str(release.ends_on))
    assert said == ("2025 Q4 (RVU25D)", "2025-10-01", "2025-12-31")


def test_rows_end_with_the_quarter(load):
    load()
    assert RelativeValue.objects.get(procedure="11042").terminated_on == date(2025, 12, 31)


def test_the_notice_is_the_files_own_copyright_line(load):
    assert "copyright 2024 American Medical Association" in load().release.notice


def test_what_is_asked_goes_before_the_heading(load):
    release = load(Asked(edition="mine", effective_on=date(2025, 11, 1), ends_on=date(2025, 11, 30))).release
    assert (release.edition, str(release.ends_on)) == ("mine", "2025-11-30")


def test_without_a_heading_the_name_of_the_zip_says_the_quarter(load):
    text = drawn_pfs.pprrvu().replace("National Physician Fee Schedule", "Fee Schedule")
    assert load(pprrvu=text, name="RVU26A.zip").release.effective_on == date(2026, 1, 1)


def test_a_file_that_says_no_quarter_asks_for_the_options(load):
    text = drawn_pfs.pprrvu().replace("National Physician Fee Schedule", "Fee Schedule")
    assert "--effective" in refusal(load, pprrvu=text, name="file.zip")


def test_localities_have_their_indices_and_anesthesia_factor(load):
    load()
    alabama = Locality.objects.get(mac="10112", number="00")
    said = (alabama.work, alabama.practice_expense, alabama.malpractice, alabama.anesthesia_factor)
    assert list(map(str, said)) == ["1.000", "0.869", "0.575", "19.3100"]


def test_counties_find_their_locality_without_leading_zeros(load):
    load()
    assert Locality.objects.get(mac="02402", number="02").counties == "KING"


def test_the_floor_is_read_from_the_heading(load):
    load()
    assert Locality.objects.get(mac="10112").work_floor == Decimal("1.0")


def test_the_index_with_the_floor_is_taken_where_both_stand(load):
    gpci = drawn_pfs.GPCI.replace("2025 PW GPCI (with", "2025 PW GPCI (without 1.0 Floor),2025 PW GPCI (with")
    gpci = gpci.replace(",ALABAMA,1,", ",ALABAMA,0.9,1,").replace("ALASKA*,", "ALASKA*,1.4,")
    load(gpci=gpci.replace("CNTY),", "CNTY),1,"))
    assert Locality.objects.get(mac="10112").work == Decimal("1.000")


def test_caps_are_kept_by_locality(load):
    load()
    assert OppsCap.objects.get(procedure="70450").nonfacility == Decimal("60.01")


def test_every_number_gets_a_page_without_words(load):
    load()
    codes = Code.objects.filter(kind="code").values_list("code_set__slug", "code")
    assert ("cpt", "0042T") in codes and ("hcpcs", "J1100") in codes


def test_dental_codes_get_rows_and_no_page(load):
    load()
    assert RelativeValue.objects.filter(procedure__startswith="D").count() == 2
    assert not Code.objects.filter(code__startswith="D").exists()


def test_no_publishers_word_is_stored_anywhere(load):
    load()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            named = sql.SQL("SELECT count(*) FROM {} AS t WHERE t::text ILIKE %s").format(
                sql.Identifier(table)
            )
            cursor.execute(named, [f"%{drawn_pfs.SENTINEL}%"])
            assert cursor.fetchone() == (0,), table


def test_pprrvu_alone_loads_without_localities(tmp_path, load):
    path = tmp_path / "PPRRVU2025_Oct.csv"
    path.write_bytes(drawn_pfs.pprrvu().encode("cp1252"))
    assert pfs.load(path, Asked()).release.row_count == len(drawn_pfs.LINES)
    assert not Locality.objects.exists()


def test_two_files_of_2026_give_two_conversion_factors(tmp_path, load):
    text = drawn_pfs.pprrvu(year=2026, month="January")
    files = drawn_pfs.members(year=2026, month="January")
    files.pop("PPRRVU2026_Jan.csv")
    files["PPRRVU2026_Jan_nonQPP.csv"] = text.replace("32.3465", "33.4009")
    files["PPRRVU2026_Jan_QPP.csv"] = text.replace("32.3465", "33.5675")
    pfs.load(drawn_pfs.zipped(tmp_path / "RVU26A.zip", files), Asked())
    line = RelativeValue.objects.get(procedure="11042")
    assert (str(line.conversion_factor), str(line.qpp_conversion_factor)) == ("33.4009", "33.5675")


def test_two_files_that_differ_otherwise_are_refused(tmp_path, load):
    text = drawn_pfs.pprrvu()
    files = drawn_pfs.members() | {"PPRRVU2025_Oct_QPP.csv": text.replace("1.01,2.73", "1.02,2.73")}
    with pytest.raises(Refused, match="11042 differs"):
        pfs.load(drawn_pfs.zipped(tmp_path / "RVU25D.zip", files), Asked())


# Loaded again, and one after the other


def test_the_same_zip_again_changes_nothing(load):
    load()
    assert not load().is_new


def test_a_quarter_before_lands_in_its_own_window(load):
    load()
    load(month="July", lines=first_with({"c5": "1.02"}), name="RVU25C.zip")
    found = RelativeValue.objects.filter(procedure="11042").order_by("effective_on")
    assert [(str(row.effective_on), str(row.work)) for row in found] == [
        ("2025-07-01", "1.02"),
        ("2025-10-01", "1.01"),
    ]


def test_what_stays_the_same_is_one_window(load):
    load()
    load(month="July", name="RVU25C.zip")
    line = RelativeValue.objects.get(procedure="11042")
    assert (str(line.effective_on), str(line.terminated_on)) == ("2025-07-01", "2025-12-31")


def test_the_release_diff_names_the_code_and_not_the_value(load):
    load(month="July", lines=first_with({"c5": "1.02"}), name="RVU25C.zip")
    load()
    change = ReleaseChange.objects.get(what="RVUs or global days")
    assert (change.subject, change.change, change.before, change.after) == ("11042", "changed", "", "")


def test_a_real_file_takes_the_place_of_the_demonstration(load):
    fee_demonstration.load_packaged()
    load()
    assert not RelativeValue.objects.filter(procedure="97597").exists()
    assert not Release.objects.filter(source="pfs", is_demonstration=True).exists()


def test_the_demonstration_does_not_come_after_a_real_file(load):
    load()
    fee_demonstration.load_packaged()
    assert not RelativeValue.objects.filter(procedure="97597").exists()


# What is refused, by file, line and column


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"c0": "1104"}, "line 5, column 1 (HCPCS)"),
        ({"c3": "Q"}, "line 5, column 4 (STATUS CODE)"),
        ({"c5": "1,01"}, "line 5"),
        ({"c5": "1.011"}, "line 5, column 6 (WORK RVU)"),
        ({"c5": "-1.01"}, "line 5, column 6 (WORK RVU)"),
        ({"c7": "N/A"}, "line 5, column 8 (NON-FAC NA INDICATOR)"),
        ({"c14": "30"}, "line 5, column 15 (GLOB DAYS)"),
        ({"c24": "thirty"}, "line 5, column 25 (CONV FACTOR)"),
        ({"c25": "999"}, "line 5, column 26 (SUPERVISION)"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place(load, cells, place):
    assert f"PPRRVU2025_Oct.csv, {place}" in refusal(load, lines=first_with(cells))


def test_another_heading_is_refused(load):
    text = drawn_pfs.pprrvu().replace("HCPCS,MOD,DESCRIPTION", "HCPCS,MOD,TEXT")
    assert "line 4, column 3" in refusal(load, pprrvu=text)


def test_a_code_that_stands_twice_is_refused(load):
    assert "line 6: 11042 stands in line 5" in refusal(load, lines=(drawn_pfs.LINES[0], *drawn_pfs.LINES))


def test_too_few_lines_are_refused(load, monkeypatch):
    monkeypatch.setattr(pfs, "LEAST", 15_000)
    assert "were expected" in refusal(load)


def test_a_zip_without_localities_is_refused(tmp_path, load):
    files = {name: text for name, text in drawn_pfs.members().items() if not name.startswith("GPCI")}
    with pytest.raises(Refused, match="no file of this source"):
        pfs.load(drawn_pfs.zipped(tmp_path / "RVU25D.zip", files), Asked())


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        ("gpci", drawn_pfs.GPCI.replace("0.869", "high"), "GPCI2025.csv, line 4"),
        ("gpci", drawn_pfs.GPCI.replace("PE GPCI", "PE INDEX"), "no column is the PE GPCI"),
        ("anes", drawn_pfs.ANESTHESIA.replace("19.31", "?"), "ANES2025.csv, line 2, column 4"),
        ("oppscap", drawn_pfs.CAPS.replace("60.01,60.01", "60.01"), "OPPSCAP_Oct.csv, line 2"),
        ("locco", "nothing", "25LOCCO.csv"),
    ],
)
def test_a_wrong_file_beside_pprrvu_is_refused(load, kind, text, place):
    assert place in refusal(load, **{kind: text})


# Damaged copies


def taken_or_refused(tmp_path, files):
    """Load a zip of these files; either whole, or refused in a sentence with nothing changed."""
    with undone():
        try:
            pfs.load(drawn_pfs.zipped(tmp_path / "RVU25D.zip", files), Asked())
        except Refused:
            assert not Release.objects.exists() and not RelativeValue.objects.exists()


MEMBERS = sorted(drawn_pfs.members())


@copies(EVERYDAY)
@given(data=st.data(), name=st.sampled_from(MEMBERS))
def test_a_damaged_member_is_refused_or_whole(tmp_path, load, data, name):
    files = drawn_pfs.members()
    taken_or_refused(tmp_path, files | {name: data.draw(mutated(files[name].encode("cp1252")))})


@pytest.mark.full
@copies(FULL)
@given(data=st.data(), name=st.sampled_from(MEMBERS))
def test_a_thousand_damaged_members_are_refused_or_whole(tmp_path, load, data, name):
    files = drawn_pfs.members()
    taken_or_refused(tmp_path, files | {name: data.draw(mutated(files[name].encode("cp1252")))})


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_zip_is_refused_or_whole(tmp_path, load, seed):
    content = drawn_pfs.zipped(tmp_path / "whole.zip", drawn_pfs.members()).read_bytes()
    damaging.refused_or_whole("pfs", tmp_path / "RVU25D.zip", content, seed)


# The real file


@needs_real
def test_the_real_zip_has_its_counts():
    schedule = pfs.read(REAL)
    assert (len(schedule.values), len(schedule.localities), len(schedule.caps)) == (19_090, 109, 16_100)


@needs_real
@pytest.mark.full
def test_the_real_zip_goes_in_and_out_unchanged():
    assert pfs.load(REAL, Asked()).seconds < 15
    assert not Descriptor.objects.exclude(long="").filter(code__kind="code").exists()
    with zipfile.ZipFile(REAL) as packed:
        text = packed.read("PPRRVU2025_Oct.csv").decode("cp1252")
    source = {(*row[:2], *row[3:24]) for row in list(csv.reader(io.StringIO(text)))[10:]}
    assert {dumped(row) for row in RelativeValue.objects.values()} == source


def dumped(row):
    """A loaded row as the file has it: code and modifier, then status to endoscopic base."""
    marks = {"not_used_for_medicare": "+", "nonfacility_na": "NA", "facility_na": "NA"}
    columns = pfs.VALUES.columns[: pfs.VALUES.columns.index("conversion_factor")]
    return tuple((marks[name] if row[name] else "") if name in marks else str(row[name]) for name in columns)
