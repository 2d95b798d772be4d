"""The Medicare coverage database: policies, their groups of codes, and what is never read."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from codes.importers import mcd, mcd_tables
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Policy, PolicyGroup, Release
from tests.codes.importers import damaging
from tests.codes.importers import drawn_mcd as drawn

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let drawn downloads be small."""
    monkeypatch.setattr(mcd, "COUNTS", dict.fromkeys(mcd.COUNTS, (1, 10)))


@pytest.fixture
def load(db, tmp_path):
    """Load the bytes of a download; returns the outcomes."""

    def load_it(content, name="all_data.zip", **asked):
        path = tmp_path / name
        path.write_bytes(content)
        return mcd.load(path, Asked(**({"effective_on": DAY} | asked)))

    return load_it


def changed(kind_tables, table, line, column, value):
    """Tables with one cell changed."""
    rows = [list(row) for row in kind_tables[table]]
    rows[line][column] = value
    return kind_tables | {table: rows}


def test_a_download_of_everything_is_three_editions(load):
    editions = [outcome.release.edition for outcome in load(drawn.all_data())]
    assert editions == ["2026-11-20, NCDs", "2026-11-20, LCDs", "2026-11-20, articles"]


def test_one_kind_alone_is_loaded(load):
    (outcome,) = load(drawn.packed({"ncd_csv.zip": drawn.tables(drawn.NCD)}), "ncd.zip")
    assert outcome.release.row_count == Policy.objects.count() == 1


def test_a_zip_of_tables_alone_is_loaded(load):
    load(drawn.tables(drawn.ARTICLE), "current_article_csv.zip")
    assert Policy.objects.filter(kind="article").count() == 2


def test_a_policy_has_its_days_number_and_place(load):
    load(drawn.all_data())
    article = Policy.objects.get(number="A1001")
    assert (article.document, article.version, article.status, article.title) == (
        1001,
        7,
        "A",
        "Billing of drawn canes",
    )
    assert (article.effective_on, article.ends_on) == (date(2024, 10, 1), None)
    assert (article.contractors, article.states) == (["Drawn Administrators"], ["AL", "CA"])
    assert article.related == ["lcd:2001", "ncd:77"]


def test_a_retired_article_has_its_last_day(load):
    load(drawn.all_data())
    assert Policy.objects.get(number="A1002").ends_on == date(2021, 12, 31)


def test_days_of_both_forms_are_read(load):
    load(drawn.all_data())
    assert Policy.objects.get(kind="lcd").effective_on == date(2024, 10, 1)
    assert Policy.objects.get(kind="ncd").effective_on == date(2005, 5, 5)


def test_an_ncd_is_called_by_its_section_of_the_manual(load):
    load(drawn.all_data())
    assert Policy.objects.get(kind="ncd").number == "280.99"


def test_a_group_keeps_its_codes_and_its_paragraph(load):
    load(drawn.all_data())
    group = PolicyGroup.objects.get(policy__number="A1001", kind="covered")
    assert (group.codes, group.paragraph) == (["E119", "M1711"], "These support E0100 alone:\nsee & read.")


def test_codes_that_are_none_are_passed_over(load):
    load(drawn.all_data())
    assert PolicyGroup.objects.get(kind="procedures").codes == ["20703", "E0100"]


def test_no_descriptor_and_no_text_of_a_policy_reaches_the_database(load):
    load(drawn.all_data())
    with connection.cursor() as cursor:
        for model in (Policy, PolicyGroup, Release):
            cursor.execute(
                f"SELECT count(*) FROM {model._meta.db_table} AS t WHERE t::text LIKE %s",  # noqa: S608
                [f"%{drawn.AMA}%"],
            )
            assert cursor.fetchone() == (0,)


def test_the_same_download_again_changes_nothing(load):
    load(drawn.all_data())
    assert not any(outcome.is_new for outcome in load(drawn.all_data()))


def test_a_later_download_stands_beside_the_earlier_one_and_counts(load):
    load(drawn.all_data())
    newer = changed(drawn.ARTICLE, "article", 2, 0, "1003")
    outcome = load(drawn.all_data(article=newer), effective_on=date(2026, 11, 27))[-1]
    assert (outcome.release.added, outcome.release.changed, outcome.release.ended) == (1, 0, 1)
    assert Release.objects.filter(source="mcd", edition__endswith="articles").count() == 2


def test_a_corrected_download_of_the_same_day_takes_its_place(load):
    load(drawn.all_data())
    load(drawn.all_data(ncd=changed(drawn.NCD, "ncd_trkg", 1, 3, "Renamed")))
    assert Policy.objects.get(kind="ncd").title == "Renamed"


def test_without_a_day_it_asks_for_one(load):
    with pytest.raises(Refused, match=r"give --effective with the day of the download"):
        load(drawn.all_data(), effective_on=None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (drawn.packed({"a.txt": "x"}), r"all_data.zip has no ncd_trkg.csv, lcd.csv or article.csv"),
        (drawn.packed({"ncd.zip": b"PK damaged"}), r"all_data.zip/ncd.zip is no whole zip"),
        (b"no zip at all", r"all_data.zip is no whole zip"),
        (drawn.tables({"article": drawn.ARTICLE["article"]}), r"has no contractor.csv"),
        (
            drawn.tables({"ncd_trkg": [["NCD_id"], ["1"]]}),
            r"ncd_trkg.csv, line 1: the column NCD_vrsn_num is missing",
        ),
        (
            drawn.tables(changed(drawn.NCD, "ncd_trkg", 1, 4, "soon")),
            r"ncd_trkg.csv, line 2: “soon” is not a date",
        ),
        (
            drawn.tables(changed(drawn.NCD, "ncd_trkg", 1, 0, "x")),
            r"ncd_trkg.csv, line 2: “x” is not a whole number",
        ),
        (
            drawn.tables({"ncd_trkg": [*drawn.NCD["ncd_trkg"], ["1", "2"]]}),
            r"ncd_trkg.csv, line 3: it has 2 fields; 7 were expected",
        ),
        (
            drawn.packed({"ncd_trkg.csv": drawn.table(drawn.NCD["ncd_trkg"])[:-8]}),
            r"ncd_trkg.csv, line 2: unexpected end of data",
        ),
        (
            drawn.packed({"ncd_trkg.csv": b"NCD_id\n\xff\n"}),
            r"ncd_trkg.csv, line 2, column 1: a character is not in",
        ),
    ],
)
def test_what_is_no_download_is_refused(load, content, why):
    with pytest.raises(Refused, match=why):
        load(content)
    assert not Policy.objects.exists()


def test_a_small_download_is_refused(load, monkeypatch):
    monkeypatch.undo()
    with pytest.raises(Refused, match=r"has 1 NCDs; between 150 and 2,000 were expected"):
        load(drawn.all_data())


def test_blocks_of_a_paragraph_are_lines():
    assert mcd_tables.plain("<ul><li>one</li><li>two &lt; three</li></ul>") == "one\ntwo < three"


def try_damaged(seed, path):
    content = (
        drawn.tables(drawn.ARTICLE) if seed % 2 else drawn.table(drawn.ARTICLE["article_x_icd10_covered"])
    )
    if seed % 2:
        return damaging.refused_or_whole("mcd", path, content, seed, "--effective", "2026-11-20")
    table = damaging.damaged(content, seed)
    rest = {f"{name}.csv": drawn.table(rows) for name, rows in drawn.ARTICLE.items()}
    whole = drawn.packed(rest | {"article_x_icd10_covered.csv": table})
    return damaging.refused_or_whole("mcd", path, whole, None, "--effective", "2026-11-20")


@damaging.times(damaging.EVERYDAY)
@given(seed=st.integers(0, 10**9))
def test_a_damaged_copy_is_refused_or_loaded_whole(db, tmp_path, seed):
    try_damaged(seed, tmp_path / "article.zip")


@pytest.mark.full
@damaging.times(damaging.FULL)
@given(seed=st.integers(0, 10**9))
def test_a_thousand_damaged_copies_are_refused_or_loaded_whole(db, tmp_path, seed):
    try_damaged(seed, tmp_path / "article.zip")
