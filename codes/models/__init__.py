"""What is published about codes, each row with the release it came from and the days it holds for."""

from codes.models.code_sets import CodeSet, Release
from codes.models.codes import Code, Descriptor, Term
from codes.models.crosswalks import (
    DiagnosisComplication,
    DiagnosisDrg,
    DiagnosisHcc,
    DrgWeight,
)
from codes.models.editing import ErrorReport, LayDescription
from codes.models.fees import AnesthesiaBase, Locality, OppsCap, RelativeValue, ZipLocality
from codes.models.notes import Note, NoteReference, SeventhCharacter
from codes.models.pcs import PcsValue

__all__ = [
    "AnesthesiaBase",
    "Code",
    "CodeSet",
    "Descriptor",
    "DiagnosisComplication",
    "DiagnosisDrg",
    "DiagnosisHcc",
    "DrgWeight",
    "ErrorReport",
    "LayDescription",
    "Locality",
    "Note",
    "NoteReference",
    "OppsCap",
    "PcsValue",
    "RelativeValue",
    "Release",
    "SeventhCharacter",
    "Term",
    "ZipLocality",
]
