"""What is published about codes, each row with the release it came from and the days it holds for."""

from codes.models.classification import CodeConversion, IndexEntry, PcsDefinition, PoaExemption
from codes.models.code_sets import CodeSet, Release
from codes.models.codes import Code, Descriptor, Term
from codes.models.coverage import Policy, PolicyGroup
from codes.models.crosswalks import (
    DiagnosisComplication,
    DiagnosisDrg,
    DiagnosisHcc,
    DrgWeight,
    Equivalence,
)
from codes.models.editing import ErrorReport, LayDescription
from codes.models.edits import AddOnEdit, MueEdit, PtpEdit, Rationale
from codes.models.fees import AnesthesiaBase, Locality, OppsCap, RelativeValue, ZipLocality
from codes.models.guidance import Guidance
from codes.models.hcpcs import HcpcsFact, ProcessingNote
from codes.models.notes import Note, NoteReference, SeventhCharacter
from codes.models.outpatient import DiagnosisEdit, OutpatientStatus
from codes.models.pcs import PcsValue
from codes.models.release_changes import ReleaseChange

__all__ = [
    "AddOnEdit",
    "AnesthesiaBase",
    "Code",
    "CodeConversion",
    "CodeSet",
    "Descriptor",
    "DiagnosisComplication",
    "DiagnosisDrg",
    "DiagnosisEdit",
    "DiagnosisHcc",
    "DrgWeight",
    "Equivalence",
    "ErrorReport",
    "Guidance",
    "HcpcsFact",
    "IndexEntry",
    "LayDescription",
    "Locality",
    "MueEdit",
    "Note",
    "NoteReference",
    "OppsCap",
    "OutpatientStatus",
    "PcsDefinition",
    "PcsValue",
    "PoaExemption",
    "Policy",
    "PolicyGroup",
    "ProcessingNote",
    "PtpEdit",
    "Rationale",
    "RelativeValue",
    "Release",
    "ReleaseChange",
    "SeventhCharacter",
    "Term",
    "ZipLocality",
]
