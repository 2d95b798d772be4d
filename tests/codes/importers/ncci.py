"""NCCI's files drawn small, in CMS's layouts."""

from functools import partial

from codes.importers import aoc, mue, ptp
from codes.importers.loading import Refused
from codes.importers.sources import Asked
from codes.models import Release
from tests.codes.importers.mutants import undone

PTP_HEADING = (
    "CPT only copyright 2023 American Medical Association.  All rights reserved.\t\t\t\t\t\t",
    "Column 1/Column 2 Edits\t\t\t\t\t\t",
    "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date\tModifier\tPTP Edit Rationale",
    "\t\t\t\t*=no data\t0=not allowed\t",
    "\t\t\t\t\t1=allowed\t",
    "\t\t\t\t\t9=not applicable\t",
)
MANUAL, EXCLUSIVE, MISUSE = (
    "CPT Manual or CMS manual coding instruction",
    "Mutually exclusive procedures",
    "Misuse of Column Two code with Column One code",
)
# one pair with three windows, one both ways round, one never in force, one ended, a dental one
PTP = (
    f"99291\t99285\t\t20100101\t20170930\t1\t{MANUAL}",
    f"99291\t99285\t\t20171001\t20191231\t0\t{MANUAL}",
    f"99291\t99285\t\t20200101\t*\t1\t{MANUAL}",
    f"99213\t36591\t*\t19960101\t*\t0\t{MISUSE}",
    f"11042\t97597\t\t20150401\t*\t1\t{EXCLUSIVE}",
    f"97597\t11042\t\t20080101\t20150331\t1\t{EXCLUSIVE}",
    f"11042\t99211\t\t20220701\t20220701\t9\t{MISUSE}",
    f"11042\t64450\t\t20120101\t20231231\t1\t{MISUSE}",
    f"11042\tD7999\t\t20120101\t*\t1\t{MISUSE}",
    f"11042\tG0463\t\t20140101\t*\t1\t{MISUSE}",
)
MUE_NOTICE = '"CPT codes only are copyright 2023 American Medical Association.\nAll rights reserved.",,,'
MUE = (
    "11042,1,2 Date of Service Edit: Policy,CMS Policy",
    "11045,14,3 Date of Service Edit: Clinical,Clinical: Data",
    "99213,0,1 Line Edit,CMS Policy",
    "D7999,1,3 Date of Service Edit: Clinical,CMS Policy",
    "G0463,0,3 Date of Service Edit: Clinical,Nature of Service/Procedure",
)
AOC = (
    "1\t11045\t\t11042\t\t\t\t",
    "1\t11045\t\t97597\t2020366\t\t\t",
    "3\t20703\t\tCCCCC\t\t\t\t",
    "2\t0054T\t2019365\tCCCCC\t\t2010001\t\t",
)


def ptp_text(rows=PTP):
    """The practitioner's or the hospital's text file."""
    return "\r\n".join([*PTP_HEADING, *rows, ""])


def mue_text(rows=MUE, service="Practitioner"):
    """One setting's csv."""
    heading = f"HCPCS/CPT Code,{service} Services MUE Values,MUE Adjudication Indicator,MUE Rationale"
    return "\n".join([MUE_NOTICE, heading, *rows, ""])


def aoc_text(rows=AOC):
    """The list of add-on codes."""
    return "\r\n".join(["\t".join(aoc.HEADING), *rows, ""])


LOADS = {
    "ptp-practitioner": (ptp.load, ptp_text, "ccipra-{}.txt"),
    "ptp-hospital": (partial(ptp.load, source="ptp-hospital"), ptp_text, "ccioph-{}.txt"),
    "mue-practitioner": (mue.load, mue_text, "mue-prac-{}.csv"),
    "mue-outpatient": (
        partial(mue.load, setting="outpatient"),
        partial(mue_text, service="Outpatient Hospital"),
        "mue-out-{}.csv",
    ),
    "mue-dme": (
        partial(mue.load, setting="dme"),
        partial(mue_text, service="DME Supplier"),
        "mue-dme-{}.csv",
    ),
    "aoc": (aoc.load, aoc_text, "AOC_{}.txt"),
}


def refused_or_whole(loader, path, content, model):
    """Load a broken copy: a sentence and nothing kept, or as many rows as it says."""
    path.write_bytes(content)
    with undone():
        try:
            outcome = loader(path, Asked())
        except Refused:
            assert not model.objects.exists() and not Release.objects.exists()
        else:
            assert model.objects.count() == outcome.release.row_count


def small(monkeypatch):
    """Let a few lines be a whole file."""
    monkeypatch.setattr(ptp, "LEAST", 1)
    monkeypatch.setattr(aoc, "LEAST", 1)
    for setting, (service, _, most) in mue.FILES.items():
        monkeypatch.setitem(mue.FILES, setting, (service, 1, most))


def load(folder, source, rows=None, quarter="2024q3", **asked):
    """Load a drawn file of a source; returns the outcome."""
    loader, text, name = LOADS[source]
    path = folder / name.format(quarter)
    path.write_bytes((text(rows) if rows is not None else text()).encode("cp1252"))
    return loader(path, Asked(**asked))
