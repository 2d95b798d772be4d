"""The choices below a header, without a database."""

from types import SimpleNamespace

from codes.presenters.choices import choices

HEADER = SimpleNamespace(id=1, slug="icd-10-cm")


def row(number, parent, code, title):
    return {
        "id": number,
        "parent": parent,
        "code": code,
        "title": title,
        "kind": "code",
        "label": "",
        "billable": True,
    }


SIDES = [
    row(2, 1, "S72001", "Fracture of right femur"),
    row(3, 1, "S72002", "Fracture of left femur"),
    row(4, 2, "S72001A", "Fracture of right femur, initial encounter"),
    row(5, 3, "S72002A", "Fracture of left femur, initial encounter"),
]


def test_seventh_characters_shared_by_all_sides_are_a_grid():
    grid = choices(HEADER, "Fracture", SIDES)["grid"]
    assert [cell["code"] for cell in grid[0]["cells"]] == ["S72.001A", "S72.002A"]


def test_a_row_of_the_grid_is_named_by_what_the_character_adds():
    assert choices(HEADER, "Fracture", SIDES)["grid"][0]["text"] == "initial encounter"


def test_a_column_is_named_without_the_headers_words():
    assert choices(HEADER, "Fracture", SIDES)["columns"][0]["title"] == "of right femur"


def test_children_with_different_characters_are_a_list():
    assert "rows" in choices(HEADER, "Fracture", SIDES[:-1])


def test_a_list_is_indented_by_level():
    rows = choices(HEADER, "Fracture", SIDES[:-1])["rows"]
    assert [(line["code"], line["depth"]) for line in rows] == [
        ("S72.001", 1),
        ("S72.001A", 2),
        ("S72.002", 1),
    ]


def test_nothing_below_is_no_choice():
    assert choices(HEADER, "Fracture", []) is None
