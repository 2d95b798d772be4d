"""NCCI's pairs: every window is kept, the newest edition stands, and what is broken is refused by its place."""

import zipfile
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given

from codes.importers import ptp
from codes.importers.loading import Refused
from codes.importers.ptp_rows import PtpFile
from codes.importers.sources import Asked
from codes.models import Code, PtpEdit, Rationale, Release, ReleaseChange
from tests.codes.importers import ncci
from tests.codes.importers.mutants import EVERYDAY, FULL, copies, mutated

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load drawn lines: `load(rows, quarter="2024q4")`."""
    ncci.small(monkeypatch)

    def load_rows(rows=ncci.PTP, quarter="2024q3", source="ptp-practitioner", **asked):
        return ncci.load(tmp_path, source, rows, quarter, **asked)

    return load_rows


def dumped(setting=PtpEdit.Setting.PRACTITIONER):
    with connection.cursor() as cursor:
        return list(ptp.dump(cursor, setting))


def test_a_dump_is_the_file(load):
    load()
    assert dumped() == list(ncci.PTP)


def test_the_last_line_of_the_command_counts_the_edits(load):
    assert str(load()).startswith("ptp-practitioner 2024 Q3: 10 rows, 10 added, 0 changed, 0 ended,")


def test_a_file_answers_from_its_first_dated_row_to_the_end_of_its_quarter(load):
    release = load().release
    assert (release.effective_on, release.ends_on) == (date(1996, 1, 1), date(2024, 9, 30))


def test_the_notice_is_the_heading_s(load):
    assert (
        load().release.notice == "CPT only copyright 2023 American Medical Association. All rights reserved."
    )


def test_the_same_file_again_changes_nothing(load):
    load()
    again = load()
    assert not again.is_new and len(dumped()) == 10


def test_numbers_have_pages_and_dental_ones_have_none(load):
    load()
    numbers = set(Code.objects.filter(kind="code").values_list("code", flat=True))
    assert {"99291", "G0463"} <= numbers and "D7999" not in numbers


def test_rationales_are_kept_once(load):
    load()
    assert set(Rationale.objects.values_list("text", flat=True)) == {ncci.MANUAL, ncci.EXCLUSIVE, ncci.MISUSE}


@pytest.fixture
def later(load):
    """The next quarter: one pair ended, one new, one with another indicator, with a new rationale."""
    first = load().release
    rows = [
        line.replace("*\t1\tMutually", "20240930\t1\tMutually").replace("*\t0\t", "*\t1\t")
        for line in ncci.PTP
    ]
    rows.append("99213\t99291\t\t20241001\t*\t1\tMore extensive procedure")
    return first, load(rows, "2024q4"), rows


def test_a_later_quarter_counts_what_it_changed(later):
    _, outcome, _ = later
    assert str(outcome).startswith("ptp-practitioner 2024 Q4: 11 rows, 1 added, 1 changed, 1 ended,")


def test_a_later_quarter_stands_whole(later):
    assert sorted(dumped()) == sorted(later[2])


def test_what_a_quarter_leaves_alone_keeps_the_file_that_first_gave_it(later):
    kept = PtpEdit.objects.get(column_one="11042", column_two="64450")
    assert kept.release_id == later[0].pk


def test_a_later_quarter_is_written_down_line_by_line(later):
    lines = ReleaseChange.objects.filter(release=later[1].release).values_list("change", "subject", "after")
    assert set(lines) == {
        ("added", "99213 99291", "indicator 1 from 2024-10-01"),
        ("changed", "99213 36591", "indicator 1 from 1996-01-01"),
        ("ended", "11042 97597", "indicator 1 from 2015-04-01 to 2024-09-30"),
    }


def test_an_older_file_after_a_newer_one_is_recorded_and_changes_no_edit(load):
    load(quarter="2024q4")
    older = load(ncci.PTP[:8], "2024q2")
    assert (older.release.row_count, older.release.added, len(dumped())) == (8, 0, 10)
    assert Release.objects.current().count() == 2


def test_another_file_of_the_same_quarter_takes_its_place(load):
    load()
    load([*ncci.PTP, f"99213\t99292\t\t20240701\t*\t1\t{ncci.MANUAL}"])
    assert len(dumped()) == 11
    assert [release.row_count for release in Release.objects.current()] == [11]
    assert set(PtpEdit.objects.values_list("release__state", flat=True)) == {"current"}


def test_hospital_and_practitioner_stand_apart(load):
    load()
    load(ncci.PTP[:3], source="ptp-hospital")
    assert (len(dumped()), len(dumped(PtpEdit.Setting.HOSPITAL))) == (10, 3)


def test_parts_in_a_folder_are_one_edition(load, tmp_path):
    folder = tmp_path / "2024q3"
    folder.mkdir()
    for at, rows in ((1, ncci.PTP[:4]), (2, ncci.PTP[4:])):
        with zipfile.ZipFile(folder / f"ccipra-v302r0-f{at}.zip", "w") as packed:
            packed.writestr(f"ccipra-v302r0-f{at}.txt", ncci.ptp_text(rows))
            packed.writestr(f"ccipra-v302r0-f{at}.xlsx", "the same as a sheet")
    assert ptp.load(folder, Asked()).release.edition == "2024 Q3"
    assert dumped() == list(ncci.PTP)


def test_one_part_alone_is_refused(load, tmp_path):
    path = tmp_path / "ccipra-v302r0-f1.txt"
    path.write_text(ncci.ptp_text())
    with pytest.raises(Refused, match="one of several files of an edition"):
        ptp.load(path, Asked())


def test_too_few_edits_are_refused(tmp_path):
    with pytest.raises(Refused, match="has 10 edits"):
        ncci.load(tmp_path, "ptp-practitioner")
    assert not PtpEdit.objects.exists() and not Code.objects.exists()


def test_an_edition_that_lost_lines_is_refused(load):
    load()
    with pytest.raises(Refused, match="has 8 edits; between 9 and"):
        load(ncci.PTP[:8], "2024q4")
    assert len(dumped()) == 10


def test_a_file_that_does_not_say_its_quarter_asks_for_it(load, tmp_path):
    path = tmp_path / "edits.txt"
    path.write_text(ncci.ptp_text())
    with pytest.raises(Refused, match="--edition and --effective"):
        ptp.load(path, Asked())
    assert ptp.load(path, Asked(effective_on=date(2025, 1, 1))).release.edition == "2025 Q1"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("20150401", "20151401", r"line 11, column 14: “20151401” is no effective date"),
        ("99291\t99285\t\t2017", "9929\t99285\t\t2017", r"line 8, column 1: “9929” is no column 1"),
        ("20231231\t1", "20231231\t2", r"line 14, column 32: “2” is no modifier"),
        ("20191231", "20091231", r"line 8, column 23: “20091231” is no deletion date"),
        ("*\t19960101", "x\t19960101", r"line 10, column 13: “x” is no star"),
        (f"9\t{ncci.MISUSE}", "9\t\x00", r"line 13, column 34"),
        ("\tG0463\t", "\t", r"line 16, column .*6 columns stand where 7 should"),
    ],
)
def test_what_is_not_the_layout_is_refused_by_line_and_column(tmp_path, monkeypatch, old, new, sentence):
    ncci.small(monkeypatch)
    path = tmp_path / "ccipra-2024q3.txt"
    path.write_bytes(ncci.ptp_text().replace(old, new, 1).encode())
    with pytest.raises(Refused, match=sentence):
        ptp.load(path, Asked())
    assert not Release.objects.exists()


@pytest.mark.parametrize("content", ["", "CPT only copyright", "a,b,c\n" * 50])
def test_a_file_without_edits_is_refused(load, tmp_path, content):
    path = tmp_path / "ccipra-2024q3.txt"
    path.write_text(content)
    with pytest.raises(Refused, match="no line of PTP edits"):
        ptp.load(path, Asked())


@copies(EVERYDAY)
@given(content=mutated(ncci.ptp_text().encode()))
def test_mutated_copies_are_refused_or_loaded_whole(load, tmp_path, content):
    ncci.refused_or_whole(ptp.load, tmp_path / "ccipra-2024q3.txt", content, PtpEdit)


@pytest.mark.full
@copies(FULL)
@given(content=mutated(ncci.ptp_text().encode()))
def test_a_thousand_mutated_copies_are_refused_or_loaded_whole(load, tmp_path, content):
    ncci.refused_or_whole(ptp.load, tmp_path / "ccipra-2024q3.txt", content, PtpEdit)


@pytest.mark.full
def test_the_real_practitioner_file_comes_back_line_by_line():
    path = settings.BASE_DIR.parent / "shared/data/ncci/ccipra-2024q3.zip"
    if not path.exists():
        pytest.skip("the real files of ../shared are not here")
    outcome = ptp.load(path, Asked())
    assert outcome.release.row_count == 2_546_016
    assert outcome.seconds < 90
    assert PtpEdit.objects.filter(terminated_on=None).count() == 1_669_820
    with zipfile.ZipFile(path) as packed, packed.open(packed.namelist()[0]) as lines:
        source = [line.decode("cp1252").rstrip("\r\n") for line in lines]
    assert dumped() == source[6:]


def test_lines_are_read_without_a_database(tmp_path):
    path = tmp_path / "ccipra-2024q3.txt"
    path.write_text(ncci.ptp_text())
    file = PtpFile(path)
    first = b"".join(file.chunks(b"7\t1")).split(b"\n")[0]
    assert first == b"7\t1\t2010-01-01\t2017-09-30\t1\t1\tf\t99291\t99285"
