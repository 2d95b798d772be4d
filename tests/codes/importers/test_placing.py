"""The place of codes when editions differ: pure rules."""

from codes.importers.placing import STEP, CodeRow, behind, new_order, old_order


def rows(*codes):
    """Rows of an edition in this order."""
    return [CodeRow(code) for code in codes]


def sort(positions):
    """The codes in the order of their positions."""
    return sorted(positions, key=positions.get)


def test_an_edition_leaves_room_between_its_codes():
    assert new_order({}, rows("A", "B")) == {"A": STEP, "B": 2 * STEP}


def test_a_code_that_the_newest_edition_lacks_stays_behind_its_neighbour():
    assert sort(new_order({"A": 1, "B": 2, "C": 3}, rows("C", "A"))) == ["C", "A", "B"]


def test_several_such_codes_keep_their_order():
    assert sort(new_order({"A": 1, "B": 2, "C": 3, "D": 4}, rows("A", "D"))) == ["A", "B", "C", "D"]


def test_an_older_edition_moves_no_code():
    assert sort(old_order({"B": 100, "A": 200}, rows("A", "B"))) == ["B", "A"]


def test_a_code_that_only_an_older_edition_has_comes_behind_its_neighbour_there():
    assert sort(old_order({"A": 100, "C": 200}, rows("A", "B", "C"))) == ["A", "B", "C"]


def test_codes_before_all_others_come_first():
    assert behind(["X", "Y", "A"], {"A": 100}) == {"X": 1, "Y": 2}
