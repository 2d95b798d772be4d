"""ZIP code to locality: CMS's fixed-width file, drawn, and the real one where it lies beside the project."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given

from codes.importers import zip5
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Release, ZipLocality
from tests.codes.importers.mutants import EVERYDAY, FULL, copies, mutated, undone

pytestmark = pytest.mark.django_db
REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "pfs" / "ZIP5_OCT2025.zip"


def line(zip_code="36104", state="AL", place="1011200", flag="0", quarter="20254"):
    """A line of 80 characters."""
    return f"{state}{zip_code}{place} Z9   {flag} A{'':52}{quarter}"


LINES = (line(), line("35958", flag="1"), line("99501", "AK", "0210201"))


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load drawn lines."""
    monkeypatch.setattr(zip5, "LEAST", 1)

    def load_lines(*lines, content=None):
        path = tmp_path / "ZIP5_OCT2025.txt"
        path.write_bytes(
            content if content is not None else "".join(f"{each}\r\n" for each in lines).encode()
        )
        return zip5.load(path, Asked())

    return load_lines


def test_a_zip_code_has_its_locality(load):
    load(*LINES)
    found = ZipLocality.objects.get(zip="36104")
    assert (found.state, found.mac, found.number, found.is_split) == ("AL", "10112", "00", False)


def test_the_plus_four_flag_says_that_it_is_split(load):
    load(*LINES)
    assert ZipLocality.objects.get(is_split=True).zip == "35958"


def test_the_lines_name_the_quarter(load):
    release = load(*LINES).release
    said = (release.edition, str(release.effective_on), str(release.ends_on), release.row_count)
    assert said == ("2025 Q4", "2025-10-01", "2025-12-31", 3)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (line(state="A1"), "line 2, column 1"),
        (line(zip_code="3610X"), "line 2, column 3"),
        (line(place="10112X0"), "line 2, column 13"),
        (line(flag="2"), "line 2, column 21"),
        (line(quarter="20255"), "line 2, column 76"),
        (line()[:40], "line 2, column 76"),
        (f"{line()}9", "line 2"),
        (LINES[0], "line 2, column 3"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(load, wrong, place):
    with pytest.raises(Refused, match=f"ZIP5_OCT2025.txt, {place}"):
        load(LINES[0], wrong)
    assert not Release.objects.exists()


def taken_or_refused(load, content):
    with undone():
        try:
            load(content=content)
        except Refused:
            assert not Release.objects.exists() and not ZipLocality.objects.exists()


CONTENT = "".join(f"{each}\r\n" for each in LINES).encode()


@copies(EVERYDAY)
@given(content=mutated(CONTENT))
def test_a_damaged_copy_is_refused_or_whole(load, content):
    taken_or_refused(load, content)


@pytest.mark.full
@copies(FULL)
@given(content=mutated(CONTENT))
def test_a_thousand_damaged_copies_are_refused_or_whole(load, content):
    taken_or_refused(load, content)


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL.name} is not beside the project")
def test_the_real_file_has_its_counts():
    rows, quarter = zip5.read(REAL)
    assert (len(rows), sum(row[-1] for row in rows), quarter) == (42_956, 580, "20254")
