"""Lay descriptions that come with the site, and what editors make of them."""

from datetime import date

import pytest

from accounts.models import User
from codes.importers import lay_seeds
from codes.importers.loading import Refused
from codes.models import Code, CodeSet, LayDescription

TEXT = "It is taken out.\n\nThe wound is closed.\n\n---\nStatPearls, Taking out\nOur own\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with the text of one code: `folder("20703", TEXT)` writes another."""
    (tmp_path / "cpt").mkdir()

    def write(name="20703", text=TEXT):
        (tmp_path / "cpt" / f"{name}.md").write_text(text)
        return tmp_path

    write()
    return write


@pytest.fixture
def code(db):
    """The code that the text is about."""
    return Code.objects.create(code_set=CodeSet.objects.known("cpt"), code="20703", position=1)


@pytest.fixture
def editor(db):
    """Somebody who writes."""
    return User.objects.create_user("editor@example.org", "a-long-pass-phrase")


@pytest.fixture
def text(code, folder):
    """The text as it came with the site."""
    lay_seeds.load(folder=folder())
    return LayDescription.objects.get()


def test_a_text_is_shown_at_once_as_not_yet_reviewed(text):
    assert (text.state, text.is_seed, text.reviewed_by) == ("published", True, None)
    assert text.published_body == text.body == "It is taken out.\n\nThe wound is closed."
    assert not text.is_ahead


def test_it_names_its_author_its_day_and_its_sources(text):
    assert text.published_author_role == "Medical editor, Coding Ahead"
    assert text.published_sources == "StatPearls, Taking out\nOur own"
    assert text.published_drafted_on == lay_seeds.DRAFTED_ON


def test_it_begins_a_history(text):
    assert [line.history_change_reason for line in text.history.all()] == ["Came with the site"]


def test_a_rerun_changes_nothing(text, folder):
    changed_at = text.changed_at
    assert str(lay_seeds.load(folder=folder())) == "lay descriptions: 1 texts, 0 added, 0 changed"
    text.refresh_from_db()
    assert text.changed_at == changed_at


def test_a_better_text_takes_the_place_of_one_as_it_came(text, folder):
    outcome = lay_seeds.load(folder=folder(text=TEXT.replace("taken out", "removed")))
    text.refresh_from_db()
    assert (outcome.changed, text.published_body.split(".")[0], text.version) == (1, "It is removed", 2)
    assert text.history.first().history_change_reason == "Came anew with the site"


def test_an_editors_draft_is_left_alone(text, folder, editor):
    text.revise(editor, body="An editor wrote this.")
    outcome = lay_seeds.load(folder=folder(text=TEXT.replace("taken out", "removed")))
    text.refresh_from_db()
    assert (outcome.changed, text.body) == (0, "An editor wrote this.")
    assert text.published_body.startswith("It is taken out")


def test_a_reviewed_text_is_left_alone(text, folder, editor):
    text.publish(editor)
    lay_seeds.load(folder=folder(text=TEXT.replace("taken out", "removed")))
    text.refresh_from_db()
    assert text.published_body.startswith("It is taken out")


def test_a_withdrawn_text_stays_withdrawn(text, folder, editor):
    text.withdraw(editor, "Wrong")
    lay_seeds.load(folder=folder())
    text.refresh_from_db()
    assert text.published_body == ""


def test_an_editors_own_text_is_left_alone(code, folder):
    LayDescription.objects.create(code=code, body="An editor wrote this.", drafted_on=date(2026, 1, 1))
    assert lay_seeds.load(folder=folder()).added == 0


def test_a_text_waits_for_its_code(db, folder):
    outcome = lay_seeds.load(folder=folder())
    assert str(outcome) == "lay descriptions: 1 texts, 0 added, 0 changed, 1 wait for their code"
    assert not LayDescription.objects.exists()


def test_a_dotted_name_finds_its_code(db, tmp_path):
    (tmp_path / "icd-10-cm").mkdir()
    (tmp_path / "icd-10-cm" / "E11.9.md").write_text(TEXT)
    assert [(each.code_set, each.code) for each in lay_seeds.read(tmp_path)] == [("icd-10-cm", "E119")]


@pytest.mark.parametrize("text", ["No sources.\n", "No sources.\n\n---\n", "\n---\nA source\n"])
def test_a_text_without_sources_is_refused(folder, text):
    with pytest.raises(
        Refused, match=r"20703.md: it must be a text, a line of three dashes, and at least one source"
    ):
        lay_seeds.read(folder(text=text))


def test_the_site_comes_with_at_least_forty_diagnoses_in_lay_words():
    seeds = lay_seeds.read()
    assert sum(each.code_set == "icd-10-cm" for each in seeds) >= 40
    assert len({(each.code_set, each.code) for each in seeds}) == len(seeds)


def test_the_texts_of_the_site_are_of_the_right_length():
    lengths = {each.code: len(each.body.split()) for each in lay_seeds.read()}
    assert {code: words for code, words in lengths.items() if not 120 <= words <= 250} == {}
