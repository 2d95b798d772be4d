"""The reader of LMDB files: rows of leaves, branches and long values, and what is no such file."""

import marshal

import pytest

from codes.importers.lmdb_file import LmdbFile
from tests.codes.importers.drawn_oce import lmdb


def rows(tables, name):
    """The rows of a table of a drawn file."""
    found = LmdbFile(lmdb(tables)).rows(name)
    return [(key.decode(), marshal.loads(value)) for key, value in found]  # noqa: S302 our own bytes


def test_the_tables_are_named_in_order():
    assert LmdbFile(lmdb({"a": {"k": 1}, "b": {"k": 2}})).names() == ["a", "b"]


def test_a_leaf_gives_its_rows_in_order():
    assert rows({"a": {"two": 2, "one": [1]}}, "a") == [("one", [1]), ("two", 2)]


def test_a_branch_gives_the_rows_of_every_leaf():
    many = {f"{number:03}": number for number in range(30)}
    assert rows({"a": many}, "a") == list(many.items())


def test_a_long_value_is_read_across_pages():
    assert rows({"a": {"k": "x" * 10_000, "z": 1}}, "a") == [("k", "x" * 10_000), ("z", 1)]


def test_an_unknown_table_is_a_key_error():
    with pytest.raises(KeyError):
        LmdbFile(lmdb({"a": {"k": 1}})).rows("b")


@pytest.mark.parametrize("content", [b"", b"short", b"\0" * 8192])
def test_other_bytes_are_refused(content):
    with pytest.raises(ValueError, match="LMDB"):
        LmdbFile(content)
