"""Official files as operators have them: plain, zipped, broken, locked, too large, in a wrong encoding."""

import io
import zipfile

import pytest

from codes.importers import files
from codes.importers.loading import Refused
from tests.codes.importers.icd_files import zipped

TEXT = "00001 A00     0 Cholera\r\n" * 500


@pytest.fixture
def put(tmp_path):
    """Write a file down; returns its path."""

    def put_one(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return put_one


def read(path, pattern=r"order.*\.txt$", encoding="latin-1"):
    return files.text_of(path, pattern, encoding)


def test_a_plain_file_is_read_whatever_its_name(put):
    assert read(put("mine.dat", TEXT.encode())) == ("mine.dat", TEXT.replace("\r", ""))


def test_the_member_is_chosen_by_its_name(put):
    packed = put("a.zip", zipped({"sub/ORDER_2026.TXT": TEXT, "addenda.txt": "x"}))
    assert read(packed)[0] == "ORDER_2026.TXT"


def test_a_zip_without_the_file_names_what_it_has(put):
    with pytest.raises(Refused, match=r"a.zip holds no file of this source; it has readme.txt"):
        read(put("a.zip", zipped({"readme.txt": "x"})))


def test_a_zip_with_two_such_files_is_refused(put):
    with pytest.raises(Refused, match="holds 2 files of this source"):
        read(put("a.zip", zipped({"order1.txt": "x", "order2.txt": "x"})))


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(Refused, match="is a folder"):
        read(tmp_path)


@pytest.mark.parametrize("cut", [4, 100, -1])
def test_a_truncated_zip_is_refused(put, cut):
    whole = zipped({"order.txt": TEXT})
    with pytest.raises(Refused, match=r"Fetch it again"):
        read(put("a.zip", whole[:cut]))


def test_a_zip_whose_bytes_changed_is_refused(put):
    whole = bytearray(zipped({"order.txt": TEXT}))
    whole[45] ^= 0xFF
    with pytest.raises(Refused, match="cannot be unpacked"):
        read(put("a.zip", bytes(whole)))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(put):
    packed = put("a.zip", zipped({"order.txt": b"0" * 40_000_000}))
    with pytest.raises(Refused, match=r"would unpack to 40,000,000 bytes"):
        read(packed)


def test_a_zip_that_lies_about_its_size_is_stopped(put, monkeypatch):
    monkeypatch.setattr(files, "refuse_bomb", lambda path, member: None)
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    with pytest.raises(Refused, match="unpacks to more than 1,000 bytes"):
        read(put("a.zip", zipped({"order.txt": TEXT})))


def test_a_locked_zip_is_refused(put):
    whole = bytearray(zipped({"order.txt": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(signature) + offset] |= 1
    with pytest.raises(Refused, match="locked with a password"):
        read(put("a.zip", bytes(whole)))


def test_a_zip_of_very_many_files_is_refused(put, monkeypatch):
    monkeypatch.setattr(files, "MOST_MEMBERS", 1)
    with pytest.raises(Refused, match="more than 1 files"):
        read(put("a.zip", zipped({"order.txt": "x", "b.txt": "x"})))


def test_a_character_that_is_not_in_the_encoding_is_named(put):
    with pytest.raises(Refused, match=r"a.txt, line 2, column 3: a character is not in utf-8"):
        read(put("a.txt", b"ab\ncd\xff"), encoding="utf-8")


def test_a_control_character_is_named(put):
    with pytest.raises(Refused, match=r"a.txt, line 2, column 2: the character U\+0000"):
        read(put("a.txt", b"ab\nc\x00d"))


def test_utf_8_where_latin_1_is_published_is_refused(put):
    with pytest.raises(Refused, match="is in UTF-8; it is published in latin-1"):
        read(put("a.txt", "Ménière".encode()))


def test_latin_1_is_read(put):
    assert read(put("a.txt", "Ménière".encode("latin-1")))[1] == "Ménière"


def test_the_sheet_of_a_workbook_comes_plain_or_zipped(put):
    from tests.codes.importers.icd_files import workbook

    book = workbook([("a", "b"), ("c",)])
    plain, packed = put("conversion.xlsx", book), put("a.zip", zipped({"conversion.xlsx": book}))
    for path in (plain, packed):
        name, rows = files.sheet_of(path, r"\.xlsx$")
        assert (name, list(rows)) == ("conversion.xlsx", [["a", "b"], ["c"]])


def test_the_names_of_a_zip_leave_folders_out(put):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.mkdir("sub")
        archive.writestr("sub/a.txt", "x")
    assert files.names(put("a.zip", packed.getvalue())) == ["sub/a.txt"]
