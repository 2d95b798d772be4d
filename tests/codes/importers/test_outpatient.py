"""The outpatient code editor's tables into the site: windows out of versions, and no word that is not CMS's."""

import re
import subprocess
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from codes.importers import outpatient, outpatient_package
from codes.importers.loading import Refused
from codes.models import Descriptor, DiagnosisEdit, OutpatientStatus, PtpEdit, Release, Term
from tests import drawn
from tests.codes.importers import drawn_oce

pytestmark = pytest.mark.django_db
JANUARY, MARCH, APRIL, JUNE = date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30)
CONTENT = ("effective_on", "terminated_on", "lowest_age", "highest_age", "is_manifestation")


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """The drawn wheel."""
    return drawn_oce.wheel(tmp_path, monkeypatch)


def run(*arguments):
    """The lines that the command prints."""
    out = StringIO()
    call_command("load_outpatient_tables", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def statuses(code):
    """The windows of a code's status."""
    found = OutpatientStatus.objects.filter(procedure=code).order_by("effective_on")
    return list(found.values_list("effective_on", "terminated_on", "status", "apc"))


def edits(code):
    """The windows of a diagnosis's edits."""
    found = DiagnosisEdit.objects.filter(diagnosis=code).order_by("effective_on")
    return list(found.values_list(*CONTENT, "is_unacceptable_principal"))


def words_in_database(*words):
    """How many rows of any table hold one of these words."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        total = 0
        for table in tables:
            for word in words:
                cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{word}%"])  # noqa: S608
                total += cursor.fetchone()[0]
    return total


def test_versions_that_say_the_same_are_one_window(wheel):
    outpatient.load(wheel)
    assert statuses("11042") == [(JANUARY, JUNE, "T", "05052")]


def test_a_change_between_versions_cuts_the_window(wheel):
    outpatient.load(wheel)
    assert statuses("99213") == [(JANUARY, MARCH, "V", "05012"), (APRIL, JUNE, "B", "")]


def test_the_newest_version_ends_with_its_quarter(wheel):
    outpatient.load(wheel)
    release = Release.objects.get(source="oce-status")
    assert (release.edition, release.ends_on) == ("I/OCE 27.1.0, 2026 Q2", JUNE)


def test_ages_and_principal_are_kept_by_their_days(wheel):
    outpatient.load(wheel)
    assert edits("E1165") == [
        (JANUARY, MARCH, 12, 55, False, False),
        (APRIL, JUNE, 9, 64, False, True),
    ]


def test_a_manifestation_is_kept_without_ages(wheel):
    outpatient.load(wheel)
    assert edits("E11A") == [(JANUARY, JUNE, None, None, True, False)]


def test_a_diagnosis_without_an_edit_has_no_row(wheel):
    outpatient.load(wheel)
    assert edits("E119") == []


def test_an_exempted_principal_is_no_edit(wheel):
    outpatient.load(wheel)
    assert edits("E1169") == []


def test_no_word_of_the_ama_or_ada_reaches_the_database(wheel):
    outpatient.load(wheel)
    assert (
        words_in_database("05052")
        and words_in_database(*map("{:.6}".format, (drawn_oce.AMA, drawn_oce.ADA))) == 0
    )


def test_a_level_two_code_has_cms_short_words_since_its_first_version(wheel):
    outpatient.load(wheel)
    said = Descriptor.objects.get(code__code="G0463")
    assert (said.short, said.long, said.effective_on) == ("Drawn clinic visit", "Drawn clinic visit", JANUARY)


def test_a_level_two_code_is_found_by_its_words(wheel):
    outpatient.load(wheel)
    assert Term.objects.get(code__code="G0463").text == "Drawn clinic visit"


def test_a_cpt_number_has_a_place_and_no_words(wheel):
    outpatient.load(wheel)
    said = Descriptor.objects.get(code__code="11042")
    assert (said.short, said.medium, said.long, said.effective_on) == ("", "", "", JANUARY)


def test_words_of_the_code_set_s_own_file_stay(wheel):
    release = drawn.release("hcpcs", source="hcpcs")
    drawn.code(release, "G0463", "The whole descriptor")
    outpatient.load(wheel)
    assert Descriptor.objects.get(code__code="G0463").long == "The whole descriptor"


def test_a_newer_wheel_rewords_a_code(tmp_path, monkeypatch, wheel):
    outpatient.load(wheel)
    reworded = {"G0463|102|103": drawn_oce.procedure("J2", "05012", "Drawn again")}
    outpatient.load(drawn_oce.wheel(tmp_path, monkeypatch, data_hcpcs=reworded))
    assert Descriptor.objects.get(code__code="G0463").long == "Drawn again"
    assert [term.text for term in Term.objects.filter(code__code="G0463")] == ["Drawn again"]


def test_a_dental_number_has_a_status_and_no_page(wheel):
    outpatient.load(wheel)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM codes_code WHERE code = 'D7999'")
        assert cursor.fetchone()[0] == 0
    assert statuses("D7999") == [(JANUARY, JUNE, "E1", "")]


def test_the_same_wheel_changes_nothing(wheel):
    outpatient.load(wheel)
    assert [outcome.is_new for outcome in outpatient.load(wheel)] == [False] * len(outpatient.PARTS)


def test_a_newer_wheel_takes_the_place_of_all_rows(tmp_path, monkeypatch, wheel):
    outpatient.load(wheel)
    newer = drawn_oce.wheel(
        tmp_path, monkeypatch, data_hcpcs={"11042|102|103": drawn_oce.procedure("J1", "05073")}
    )
    outpatient.load(newer)
    assert OutpatientStatus.objects.count() == 1 and statuses("11042")[0][2] == "J1"


def test_too_few_rows_are_refused_with_nothing_kept(wheel, monkeypatch):
    monkeypatch.setitem(outpatient.LEAST, "oce-diagnoses", 99)
    with pytest.raises(Refused, match="nothing was loaded"):
        outpatient.load(wheel)
    assert not Release.objects.exists()


def test_a_wheel_of_another_hash_is_not_read(wheel):
    wheel.write_bytes(wheel.read_bytes() + b"x")
    with pytest.raises(Refused, match="its hash is another"):
        outpatient.load(wheel)


def test_the_command_says_what_it_loaded(wheel):
    assert [line.partition(":")[0] for line in run(wheel)] == [
        f"{part[0]} I/OCE 27.1.0, 2026 Q2" for part in outpatient.PARTS
    ]


def test_a_missing_file_is_said_with_code_2(wheel):
    with pytest.raises(CommandError, match="There is no file") as caught:
        run("nowhere.whl")
    assert caught.value.returncode == 2


def test_the_wheel_is_fetched_by_its_hash_and_removed(wheel, monkeypatch):
    asked = []

    def fetch(command, **options):
        asked.append(command)
        folder = Path(command[command.index("--dest") + 1])
        (folder / wheel.name).write_bytes(wheel.read_bytes())
        assert options["env"]["TMPDIR"] == str(folder)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(outpatient_package.subprocess, "run", fetch)
    run()
    assert {"--require-hashes", "--no-deps", "--no-cache-dir", "--only-binary=:all:"} <= set(asked[0])
    assert not Path(asked[0][asked[0].index("--dest") + 1]).exists()


def test_what_pip_says_is_passed_on(wheel, monkeypatch):
    def fail(command, **_options):
        return subprocess.CompletedProcess(command, 1, "", "ERROR: no network\n")

    monkeypatch.setattr(outpatient_package.subprocess, "run", fail)
    with pytest.raises(CommandError, match="no network"):
        run()


def test_without_pip_the_wheel_is_asked_for(wheel, monkeypatch):
    monkeypatch.setattr(outpatient_package, "find_spec", lambda _name: None)
    monkeypatch.setattr(outpatient_package.shutil, "which", lambda _name: None)
    with pytest.raises(CommandError, match="give the wheel"):
        run()


@pytest.mark.full
def test_the_real_package_loads_without_a_word_of_the_ama_or_ada(tmp_path):
    try:
        with outpatient_package.fetched() as path, outpatient_package.opened(path) as tables:
            public, licensed = words_of(tables)
            outpatient.load(path)
    except Refused as refusal:
        pytest.skip(str(refusal))
    assert OutpatientStatus.objects.count() > 20_000 and DiagnosisEdit.objects.count() > 5_000
    assert statuses("G0463")[-1][2:] == ("J2", "05012")
    said = Descriptor.objects.filter(code__kind="code")
    assert said.filter(code__code_set__slug="hcpcs").exclude(long="").count() > 7_000
    assert not said.filter(code__code_set__slug="cpt").exclude(long="", short="", medium="").exists()
    assert PtpEdit.objects.filter(setting=PtpEdit.Setting.HOSPITAL, terminated_on=None).count() == 1_401_094
    assert len(licensed) > 10_000 and not said.filter(long__in=licensed - public).exists()


def words_of(tables):
    """(the words of HCPCS Level II codes, those of CPT and dental ones): a few short ones are in both."""
    public, licensed = set(), set()
    for key, row in tables.rows("data_hcpcs"):
        (public if re.fullmatch(r"[A-CE-V]\d{4}", key[0]) else licensed).add(row["description"])
    return public, licensed
