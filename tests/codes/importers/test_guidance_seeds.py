"""Guidance that comes with the site, and what editors make of it."""

from datetime import date

import pytest

from codes.importers import guidance_seeds
from codes.importers.loading import Refused
from codes.models import Guidance
from tests.codes import editors

TEXT = "guideline cpt 20700-20705 from 2020-01-01\n# Which carrier\n\nThe place decides.\n\n---\nA manual\nOur own\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with one text: `folder(text)` writes another."""

    def write(text=TEXT):
        (tmp_path / "carriers.md").write_text(text)
        return tmp_path

    write()
    return write


@pytest.fixture
def text(db, folder):
    """The text as it came with the site."""
    guidance_seeds.load(folder=folder())
    return Guidance.objects.get()


def better(folder):
    """Load a changed file; what the load did."""
    return guidance_seeds.load(folder=folder(TEXT.replace("The place decides", "The place tells")))


def test_a_text_is_shown_at_once_as_not_yet_reviewed(text):
    assert (text.state, text.is_seed, text.published_by) == ("published", True, None)
    assert (text.published["body"], text.published["on"]) == ("The place decides.", "2026-11-24")
    assert text.history.get().history_change_reason == "Came with the site"


def test_the_first_line_says_what_it_is_and_for_what(text):
    found = (text.kind, text.code_set.slug, text.first, text.last, text.effective_on, text.title)
    assert found == ("guideline", "cpt", "20700", "20705", date(2020, 1, 1), "Which carrier")


@pytest.mark.parametrize(
    ("line", "span"),
    [("checklist icd-10-cm E11.9", ("E119", "E119")), ("guideline hcpcs all", ("", ""))],
)
def test_a_text_may_be_for_one_code_or_a_whole_code_set(folder, line, span):
    given = guidance_seeds.read(folder(f"{line}\n{TEXT.partition(chr(10))[2]}"))["carriers"]
    assert (given["first"], given["last"]) == span


def test_a_rerun_changes_nothing(text, folder):
    assert str(guidance_seeds.load(folder=folder())) == "guidance: 1 texts, 0 added, 0 changed"
    assert text.history.count() == 1


def test_a_better_text_takes_the_place_of_one_as_it_came(text, folder):
    assert better(folder).changed == 1
    text.refresh_from_db()
    assert (text.published["body"], text.is_seed) == ("The place tells.", True)


def test_what_an_editor_drafted_is_left_alone(text, folder):
    text.body = "An editor wrote this."
    text.revise(editors.account("Editor"))
    assert better(folder).changed == 0
    text.refresh_from_db()
    assert (text.body, text.published["body"]) == ("An editor wrote this.", "The place decides.")


@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_what_a_reviewer_decided_is_left_alone(text, folder, verb):
    getattr(text, verb)(editors.account("Reviewer"))
    assert better(folder).changed == 0


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("guideline", "rule"),
        TEXT.replace("cpt", "ndc"),
        TEXT.replace("# Which", "Which"),
        TEXT.replace("The place decides.", ""),
        TEXT.partition("A manual")[0],
    ],
)
def test_a_file_of_another_shape_is_refused(folder, text):
    with pytest.raises(Refused, match=r"carriers.md: it must be a line such as"):
        guidance_seeds.read(folder(text))


def test_the_site_comes_with_at_least_twelve_texts_of_the_right_length():
    lengths = {name: len(given["body"].split()) for name, given in guidance_seeds.read().items()}
    assert len(lengths) >= 12
    assert {name: words for name, words in lengths.items() if not 100 <= words <= 300} == {}


def test_every_text_of_the_site_has_a_valid_range():
    given = guidance_seeds.read().values()
    assert [each["title"] for each in given if each["first"] > each["last"]] == []
