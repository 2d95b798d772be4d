"""Our own examples of coverage and crosswalks: what they hold, and that a real file takes their place."""

import csv
from datetime import date

import pytest

from codes.importers import coverage_demonstration as examples
from codes.importers import demonstration, gem, hcpcs, mcd
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Equivalence, HcpcsFact, Policy, PolicyGroup, Release
from codes.spelling import normal
from codingahead.devdb import ROOT
from tests.codes.importers import drawn_hcpcs, drawn_mcd

GEMS = ROOT.parent / "shared" / "data" / "gems"


@pytest.fixture
def loaded(db):
    """The examples that come with the site."""
    return examples.load_packaged()


def demonstration_codes(code_set):
    with demonstration.fixture(code_set).open(encoding="utf-8") as lines:
        return {row["code"] for row in csv.DictReader(lines) if row["kind"] == "code"}


@pytest.mark.parametrize("code_set", ["cpt", "hcpcs"])
def test_every_demonstration_code_is_named_by_a_policy(loaded, code_set):
    named = {code for group in PolicyGroup.objects.filter(kind="procedures") for code in group.codes}
    assert demonstration_codes(code_set) <= named


def test_every_paragraph_says_that_it_is_an_example(loaded):
    assert not PolicyGroup.objects.exclude(paragraph__startswith="Example written for this site").exists()


def test_every_release_says_these_codes_only(loaded):
    releases = Release.objects.filter(is_demonstration=True)
    assert [release.edition for release in releases if not release.edition.endswith("these codes only")] == []


def test_policies_of_an_example_have_no_days_and_no_address(loaded):
    assert not Policy.objects.exclude(effective_on=None, ends_on=None, document=None).exists()


def test_fields_hold_no_words(loaded):
    assert not HcpcsFact.objects.exclude(long="", short="", lines=[]).exists()


def test_the_same_tables_again_change_nothing(loaded):
    assert not any(outcome.is_new for outcome in examples.load_packaged())


def test_a_real_file_takes_the_place_of_its_examples(loaded, monkeypatch, tmp_path):
    monkeypatch.setattr(mcd, "COUNTS", dict.fromkeys(mcd.COUNTS, (1, 10)))
    path = tmp_path / "all_data.zip"
    path.write_bytes(drawn_mcd.all_data())
    mcd.load(path, Asked(effective_on=date(2026, 11, 20)))
    assert not Policy.objects.filter(release__is_demonstration=True).exists()
    assert Equivalence.objects.filter(release__is_demonstration=True).exists()


def test_the_hcpcs_file_takes_the_place_of_the_fields(loaded, monkeypatch, tmp_path):
    monkeypatch.setattr(hcpcs, "CODES", (1, 100))
    monkeypatch.setattr(hcpcs, "MODIFIERS", (1, 100))
    path = tmp_path / "HCPC2020_ANWEB.txt"
    path.write_text(drawn_hcpcs.text(), "cp1252")
    hcpcs.load(path, Asked())
    assert not HcpcsFact.objects.filter(release__is_demonstration=True).exists()


def test_examples_never_follow_a_real_file(db, monkeypatch, tmp_path):
    monkeypatch.setattr(gem, "DIRECTIONS", tuple((*one[:2], 1, 100) for one in gem.DIRECTIONS))
    path = tmp_path / "2018_I9gem.txt"
    path.write_text("25000 E119    10000\n")
    gem.load(path, Asked())
    examples.load_packaged()
    assert Equivalence.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n", r"own.csv: its first line must be number,kind,title"),
        (
            "number,kind,title,group,group_kind,paragraph,codes\n1,ncd\n",
            r"own.csv, line 2: it has not 7 fields",
        ),
    ],
)
def test_another_table_is_refused(db, tmp_path, text, why):
    path = tmp_path / "own.csv"
    path.write_text(text)
    with pytest.raises(Refused, match=why):
        examples.load(examples.COVERAGE, path, examples.write_policies)


@pytest.mark.skipif(not GEMS.exists(), reason="the real files of ../shared are not here")
def test_the_lines_of_the_mappings_are_those_of_the_real_files():
    real = set()
    for name in ("2018_I9gem.txt", "2018_I10gem.txt"):
        real |= {tuple(line.upper().split()) for line in (GEMS / name).read_text().splitlines()}
    for row in examples.rows(examples.CROSSWALK.path, examples.MAPPINGS):
        combination = "1" if row["combination"] == "yes" else "0"
        approximate = "1" if row["approximate"] == "yes" else "0"
        line = f"{approximate}{'0' if row['mapped'] else '1'}{combination}{row['scenario']}{row['choice']}"
        assert (normal(row["code"]), row["mapped"] or "NODX", line) in real
