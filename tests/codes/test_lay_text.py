"""Markdown of our editors as readers see it."""

import pytest

from codes import lay_text

KNOWN = {
    ("cpt", "20703"),
    ("cpt", "20700-20705"),
    ("icd-10-cm", "E119"),
    ("icd-10-cm", "E0840"),
    ("icd-10-cm", "E08-E13"),
    ("icd-10-cm", "E11"),
    ("hcpcs", "E0840"),
    ("icd-10-pcs", "0SR90J9"),
    ("ms-drg", "637"),
}


def test_markdown_becomes_paragraphs_and_lists():
    assert lay_text.html("One *two*.\n\n- three") == "<p>One <em>two</em>.</p>\n<ul>\n<li>three</li>\n</ul>\n"


def test_headings_stand_below_those_of_the_page():
    assert lay_text.html("# What it is") == "<h3>What it is</h3>\n"


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://example.org/x.png)",
        "<a href='/' onclick='alert(1)'>x</a>",
        "<p style='color:red'>x</p>",
    ],
)
def test_nothing_that_runs_or_loads_survives(body):
    rendered = lay_text.html(body)
    unsafe = ("<script", "<img", 'href="javascript', "<a href='", "<p style")
    assert not any(word in rendered for word in unsafe)


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("20703", "/cpt/20703/"),
        ("20700–20705", "/cpt/20700-20705/"),
        ("E11.9", "/icd-10-cm/E11.9/"),
        ("E11", "/icd-10-cm/E11/"),
        ("E08-E13", "/icd-10-cm/E08-E13/"),
        ("E08.40", "/icd-10-cm/E08.40/"),
        ("E0840", "/hcpcs/E0840/"),
        ("0SR90J9", "/icd-10-pcs/0SR90J9/"),
        ("E11.-", "/icd-10-cm/E11/"),
        ("E11.9-", "/icd-10-cm/E11.9/"),
    ],
)
def test_a_known_code_becomes_a_link_by_the_way_it_is_written(words, href):
    assert lay_text.html(f"See {words}.", KNOWN) == f'<p>See <a href="{href}">{words}</a>.</p>\n'


def test_an_ms_drg_is_linked_after_its_name_only():
    rendered = lay_text.html("MS-DRG 637 pays 637 dollars.", KNOWN)
    assert rendered == '<p>MS-DRG <a href="/ms-drg/637/">637</a> pays 637 dollars.</p>\n'


def test_an_unknown_code_stays_plain():
    assert lay_text.html("Not 99999 nor E11.99.", KNOWN) == "<p>Not 99999 nor E11.99.</p>\n"


def test_the_ends_of_an_unknown_range_are_linked_one_by_one():
    rendered = lay_text.html("20703-20709", KNOWN)
    assert rendered == '<p><a href="/cpt/20703/">20703</a>-20709</p>\n'


def test_a_code_inside_a_link_stays_in_that_link():
    rendered = lay_text.html("[20703](https://example.org/)", KNOWN)
    assert rendered == '<p><a href="https://example.org/">20703</a></p>\n'


def test_a_code_inside_a_code_span_stays_plain():
    assert lay_text.html("`20703`", KNOWN) == "<p><code>20703</code></p>\n"


def test_codes_named_are_given_undotted_and_once():
    assert lay_text.mentioned("E11.9, 20703 and E11.9 (20700–20705).") == [
        "E119",
        "20703",
        "20700",
        "20700-20705",
        "20705",
    ]


def test_a_longer_number_names_no_code():
    assert lay_text.mentioned("207031 and 2070.3 and A20703") == []
