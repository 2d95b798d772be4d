"""`manage.py import_release` with the files about ICD-10 and MS-DRGs, drawn small."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from codes.importers.sources import ORDER, every_source
from codes.models import Code, IndexEntry, Release, ReleaseChange
from tests.codes.importers import damaging, icd_files
from tests.codes.importers.icd_files import DRAWN

pytestmark = pytest.mark.django_db
NOT_TRIED = {"cpt", "mcd", "ptp-hospital", "icd10pcs-tables", "anesthesia-base-units"}
SEEDS = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    icd_files.let_few_pass(monkeypatch)


@pytest.fixture
def put(tmp_path):
    """Write a drawn file down; returns its path."""

    def put_one(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return put_one


def run(*arguments):
    """What the command prints."""
    printed = StringIO()
    call_command("import_release", *arguments, stdout=printed, stderr=StringIO())
    return printed.getvalue()


def refusal(*arguments):
    """The sentence with which the command refuses, with its exit code 2."""
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 2
    return str(error.value)


@pytest.mark.parametrize("source", DRAWN)
def test_the_last_line_counts_rows_and_seconds(put, source):
    name, content, rows = DRAWN[source]
    last = run(source, put(name, content)).splitlines()[-1]
    assert re.fullmatch(rf"{source} .*\S: {rows} rows, {rows} added, 0 changed, 0 ended, \d+\.\d s", last)


@pytest.mark.parametrize("source", DRAWN)
def test_the_zip_is_taken_as_it_comes(put, source):
    assert run(source, put(*icd_files.as_published(source)))
    assert Release.objects.get().state == "current"


@pytest.mark.parametrize("source", DRAWN)
def test_the_edition_and_its_days_come_from_the_name(put, source):
    run(source, put(*DRAWN[source][:2]))
    release = Release.objects.get()
    assert release.edition.startswith("FY2026")
    assert (str(release.effective_on), str(release.ends_on)) == ("2025-10-01", "2026-09-30")


@pytest.mark.parametrize("source", DRAWN)
def test_the_same_file_again_changes_nothing(put, source):
    path = put(*DRAWN[source][:2])
    run(source, path)
    before = Release.objects.get().changed_at
    assert " rows, 0 added, 0 changed, 0 ended, " in run(source, path)
    assert Release.objects.get().changed_at == before


@pytest.mark.parametrize("source", DRAWN)
def test_a_dry_run_counts_and_keeps_nothing(put, source):
    name, content, rows = DRAWN[source]
    printed = run(source, put(name, content), "--dry-run")
    assert f": {rows} rows, {rows} added" in printed and "nothing was kept" in printed
    assert not Release.objects.exists() and not Code.objects.exists()


@pytest.mark.parametrize("source", DRAWN)
@damaging.times(damaging.EVERYDAY)
@given(seed=SEEDS)
def test_a_damaged_file_is_refused_or_loaded_whole(tmp_path_factory, source, seed):
    name, content, _ = DRAWN[source]
    damaging.refused_or_whole(source, tmp_path_factory.getbasetemp() / name, content, seed)


@pytest.mark.parametrize("source", DRAWN)
@damaging.times(damaging.EVERYDAY)
@given(seed=SEEDS)
def test_a_damaged_zip_is_refused_or_loaded_whole(tmp_path_factory, source, seed):
    name, content = icd_files.as_published(source)
    damaging.refused_or_whole(source, tmp_path_factory.getbasetemp() / name, content, seed)


@pytest.mark.full
@pytest.mark.parametrize("source", DRAWN)
@damaging.times(damaging.FULL)
@given(seed=SEEDS)
def test_a_thousand_damaged_files_are_refused_or_loaded_whole(tmp_path_factory, source, seed):
    name, content, _ = DRAWN[source]
    damaging.refused_or_whole(source, tmp_path_factory.getbasetemp() / name, content, seed)


def test_options_name_the_edition_where_the_name_does_not(put):
    path = put("icd10cm_order.txt", DRAWN["icd10cm-order"][1])
    assert "give --edition and --effective" in refusal("icd10cm-order", path)
    run("icd10cm-order", path, "--edition", "FY2027, as sent", "--effective", "2026-10-01")
    release = Release.objects.get()
    assert (release.edition, str(release.ends_on)) == ("FY2027, as sent", "2027-09-30")


def test_an_april_update_begins_in_april(put):
    run("icd10cm-order", put("icd10cm_order_April_2026.txt", DRAWN["icd10cm-order"][1]))
    release = Release.objects.get()
    assert (release.edition, str(release.effective_on)) == ("FY2026, April 2026 update", "2026-04-01")


def test_a_wrong_line_is_named_with_its_column(put):
    content = DRAWN["icd10cm-order"][1].replace(b"00003 B00     0", b"00003 B00     x")
    said = refusal("icd10cm-order", put("icd10cm_order_2026.txt", content))
    assert said.startswith("icd10cm_order_2026.txt, line 3, column 15: the flag 0 or 1 was expected")


def test_a_file_cut_at_a_line_is_refused(put):
    content = b"".join(DRAWN["icd10cm-order"][1].splitlines(keepends=True)[:-4])
    said = refusal("icd10cm-order", put("icd10cm_order_2026.txt", content))
    assert said == "icd10cm_order_2026.txt has no code that begins with Y: it is not the whole order file."


def test_a_file_in_another_encoding_is_refused(put):
    content = DRAWN["icd10cm-order"][1].decode().replace("condition A000", "condition é").encode("utf-8")
    assert "is in UTF-8" in refusal("icd10cm-order", put("icd10cm_order_2026.txt", content))
    content = DRAWN["icd10cm-order"][1].decode().encode("utf-16")
    assert "line 1, column 4: the character U+0000" in refusal(
        "icd10cm-order", put("icd10cm_order_2026.txt", content)
    )


def test_an_unknown_source_names_those_like_it(put):
    assert "No source is called icd10cm-orders. Known are: icd10cm-order" in refusal("icd10cm-orders", "x")


def test_a_missing_file_is_refused():
    assert refusal("icd10cm-order", "nowhere.zip").startswith("There is no file nowhere.zip.")


def test_nothing_asked_for_is_refused_in_a_sentence():
    assert "Say which source the file is" in refusal()


def test_a_date_that_is_none_is_refused():
    with pytest.raises(CommandError, match="--effective"):
        run("icd10cm-order", "x", "--effective", "2026-13-01")


def test_the_list_names_every_source_with_its_address():
    printed = run("--list")
    for source in every_source().values():
        assert f"{source.slug} " in printed and source.published in printed
        assert source.published.startswith("https://")


def test_the_list_says_what_was_not_tried_on_a_real_file():
    untried = {source.slug for source in every_source().values() if not source.is_tried}
    assert untried <= NOT_TRIED
    assert run("--list").count("(not tried on a real file)") == len(untried)


def test_no_source_has_a_name_of_its_own():
    assert set(every_source()) <= set(ORDER)


def test_one_part_of_the_index_leaves_the_others(put):
    run("icd10cm-index", put(*icd_files.as_published("icd10cm-index")))
    before = set(IndexEntry.objects.exclude(part="drug").values_list("diagnosis", "path"))
    drugs = icd_files.INDEX["icd10cm_drug_2026.xml"].replace("Syrup", "Sirup").encode()
    run("icd10cm-index", put("icd10cm_drug_2026.xml", drugs))
    assert set(IndexEntry.objects.exclude(part="drug").values_list("diagnosis", "path")) == before
    assert IndexEntry.objects.get(part="drug").path == "Sirup: Poisoning, Accidental (unintentional)"


def test_what_a_release_changed_is_the_same_in_any_order(put):
    older = put(
        "icd10cm_order_2025.txt", icd_files.diagnoses(A000="Old words", B000="", C000="Ménière drawn")
    )
    newer = put("icd10cm_order_2026.txt", icd_files.diagnoses(C000="Meniere drawn", D000=""))
    expected = [
        ("added", "B000", "", "Drawn condition B000"),
        ("changed", "A000", "Old words", "Drawn condition A000"),
        ("ended", "D000", "Drawn condition D000", ""),
    ]
    for paths in ((older, newer), (newer, older)):
        for path in paths:
            run("icd10cm-order", path)
        rows = ReleaseChange.objects.order_by("change").values_list("change", "subject", "before", "after")
        assert list(rows) == expected
        assert {change.release.edition for change in ReleaseChange.objects.all()} == {"FY2026"}
        Release.objects.all().delete()
