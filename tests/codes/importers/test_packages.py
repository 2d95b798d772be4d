"""Where the data packages keep their files."""

import sys

import pytest

from codes.importers import packages
from codes.importers.loading import Refused


def test_files_of_a_package_are_found_without_importing_it():
    xml, code_list = packages.icd10cm()
    assert xml.is_file()
    assert code_list.is_file()
    assert "simple_icd_10_cm" not in sys.modules


def test_a_missing_package_is_named_with_what_to_do():
    with pytest.raises(Refused, match="The data package no_such_package is not installed: pip install"):
        packages.folder("no_such_package")


def test_a_missing_file_is_named_with_what_to_do():
    with pytest.raises(Refused, match=r"simple_icd_10_cm has no data/old.xml: install the version"):
        packages.file("simple_icd_10_cm", "data/old.xml")
