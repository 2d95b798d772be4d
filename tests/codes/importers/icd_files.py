"""Draws the files of NCHS and CMS about ICD-10 and MS-DRGs, small, in their official layouts."""

import io
import zipfile
from pathlib import Path

from codes.importers import (
    conversions,
    icd10cm,
    icd10cm_index,
    icd10cm_order,
    icd10pcs,
    ms_drg,
    pcs_tables,
    poa_exempt,
)

LETTERS = sorted(icd10cm_order.LETTERS)
TABULAR = (Path(__file__).parents[2] / "files" / "icd10cm_tabular.xml").read_bytes()


def zipped(members):
    """A zip of these files: name → text or bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def order(rows):
    """An order file out of (code, flag, short, long)."""
    lines = (
        f"{number:05} {code:<7} {flag} {short:<60} {long}\r\n"
        for number, (code, flag, short, long) in enumerate(rows, 1)
    )
    return "".join(lines).encode("latin-1")


def diagnoses(**titles):
    """An ICD-10-CM order file: a category and a code for each letter, with other titles where given."""
    rows = []
    for letter in LETTERS:
        for code, flag in ((f"{letter}00", 0), (f"{letter}000", 1)):
            title = titles.get(code, f"Drawn condition {code}")
            rows.append((code, flag, title[:60], title))
    return order([row for row in rows if row[3]])


def procedures():
    """An ICD-10-PCS order file of one table."""
    rows = [("0SR", 0, "Lower Joints, Replacement", "Lower Joints, Replacement")]
    rows += [
        (f"0SR{part}0{device}Z", 1, f"Replace {name}", f"Replacement of {name} with {what}, Open Approach")
        for part, name in (("9", "Right Hip Joint"), ("B", "Left Hip Joint"))
        for device, what in (("7", "Autologous Tissue Substitute"), ("K", "Nonautologous Tissue Substitute"))
    ]
    return order(rows)


def exempt(*codes):
    """CMS's list of codes exempt from present on admission, as text."""
    lines = [f"{number:05}\t{code}\tDrawn condition {code}\r\n" for number, code in enumerate(codes, 1)]
    return ("Order26\tPOAexemptCode\tDescription\r\n" + "".join(lines)).encode()


def conversion_rows(*rows):
    """The lines of a conversion table, with its heading."""
    return [
        ("This FY 2026 (October 1, 2025 Update) Conversion Table includes the new ICD-10-CM codes.",),
        conversions.HEADING,
        *rows,
        (),
    ]


def workbook(rows):
    """An .xlsx file with one sheet of these rows."""
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for at, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        {
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{relation}"><sheets>'
            '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="rId1" Type="sheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
        }
    )


INDEX = {
    "icd10cm_index_2026.xml": """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version><title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
<letter><title>S</title>
  <mainTerm><title>Sugar, sugary<nemod>(high) (sweet)</nemod></title><code>E11.9</code>
    <term level="1"><title>with</title>
      <term level="2"><title>swollen retina</title><code>E11.32-</code></term>
      <term level="2"><title>heart disease</title><code>E11.5</code><manif>I43</manif></term>
    </term></mainTerm>
  <mainTerm><title>Sweetness</title><see>Sugar, sugary</see></mainTerm>
  <mainTerm><title>Syrup</title><see>condition</see></mainTerm>
</letter></ICD10CM.index>""",
    "icd10cm_eindex_2026.xml": """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version><title>ICD-10-CM External Cause of Injuries Index</title>
<letter><title>F</title><mainTerm><title>Fall<nemod>(drawn)</nemod></title><code>W19</code></mainTerm></letter>
</ICD10CM.index>""",
    "icd10cm_drug_2026.xml": """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version><indexHeading><head col="1">Substance</head>
<head col="2">Poisoning, Accidental (unintentional)</head><head col="6">Adverse effect</head></indexHeading>
<letter><title>S</title><mainTerm><title>Syrup</title><cell col="2">T49.1X1</cell><cell col="6">--</cell></mainTerm>
</letter></ICD10CM.index>""",
    "icd10cm_neoplasm_2026.xml": """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version><indexHeading><head col="1">Neoplasm</head>
<head col="2">Malignant Primary</head></indexHeading><letter><title>N</title><mainTerm>
<title>Neoplasm, neoplastic</title><cell col="2">C80.1</cell>
<term level="1"><title>lip</title><cell col="2">C00.-</cell></term></mainTerm></letter></ICD10CM.index>""",
}

PCS_TABLES = """<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.tabular><version>2026</version><title>ICD-10-PCS Tables</title>
<pcsTable>
  <axis pos="1" values="1"><title>Section</title><label code="0">Medical and Surgical</label></axis>
  <axis pos="2" values="1"><title>Body System</title><label code="S">Lower Joints</label></axis>
  <axis pos="3" values="1"><title>Operation</title><label code="R">Replacement</label></axis>
  <pcsRow codes="4">
    <axis pos="4" values="2"><title>Body Part</title><label code="9">Hip Joint, Right</label>
      <label code="B">Hip Joint, Left</label></axis>
    <axis pos="5" values="1"><title>Approach</title><label code="0">Open</label></axis>
    <axis pos="6" values="2"><title>Device</title><label code="7">Autologous Tissue Substitute</label>
      <label code="K">Nonautologous Tissue Substitute</label></axis>
    <axis pos="7" values="1"><title>Qualifier</title><label code="Z">No Qualifier</label></axis>
  </pcsRow>
</pcsTable></ICD10PCS.tabular>"""
PCS_DEFINITIONS = """<?xml version="1.0" encoding="utf-8"?>
<ICD10PCS.definitions><version>2026</version><section code="0"><title>Medical and Surgical</title>
<axis pos="3"><title>Operation</title><terms><title>Replacement</title>
<definition>Putting in a drawn part that takes the place of another</definition>
<explanation>The old part may have been taken out before</explanation>
<includes>Total hip, drawn</includes></terms></axis>
</section></ICD10PCS.definitions>"""
TABLE_5 = (
    '"TABLE 5.—LIST OF MS-DRGS—FY 2026 Final Rule"\t\t\t\t\t\t\t\t\t\r\n'
    "MS-DRG \tPost\tSpecial\tMDC\tTYPE\tTitle\tW\tC\tG\tA\r\n"
    "001\tNo\tNo\tPRE\tSURG\tHEART TRANSPLANT WITH MCC\t28.0239\t28.0239\t25.8\t36.2\r\n"
    "637\tYes\tNo\t10\tMED\tDIABETES WITH MCC\t1.4400\t1.4367\t3.9\t5.2\r\n"
    "999\tNo\tNo\t \t**\tUNGROUPABLE\t.\t.\t.\t.\r\n"
)
# source → (name of the file, its bytes, rows that a load counts)
DRAWN = {
    "icd10cm-order": ("icd10cm_order_2026.txt", diagnoses(), 50),
    "icd10pcs-order": ("icd10pcs_order_2026.txt", procedures(), 4),
    "icd10cm-poa-exempt": ("POAexemptCodesFY26.txt", exempt("B90.0", "QA0.0101", "Z99.89"), 3),
    "icd10cm-conversions": (
        "conversion-table-FY2026.xlsx",
        workbook(conversion_rows(("E11.A ", "2024", "E11.9"), ("W453XXA", "45017", "None"))),
        2,
    ),
    "icd10cm-index": ("icd10cm_index_2026.xml", INDEX["icd10cm_index_2026.xml"].encode(), 5),
    "icd10cm-tabular": ("icd10cm_tabular_2026.xml", TABULAR, 21),
    "icd10pcs-tables": ("icd10pcs_tables_2026.xml", PCS_TABLES.encode(), 9),
    "ms-drg": ("CMS Table 5.txt", TABLE_5.encode("cp1252"), 3),
}


def as_published(source):
    """(name, bytes) of the zip that a drawn file comes in."""
    name, content, _ = DRAWN[source]
    members = {name: content, "read me.txt": "Drawn."}
    if source == "icd10cm-index":
        members = INDEX
    if source == "icd10pcs-tables":
        members["icd10pcs_definitions_2026.xml"] = PCS_DEFINITIONS
    return f"{source}.zip", zipped(members)


def let_few_pass(monkeypatch):
    """Let drawn files pass where whole editions are expected."""
    for module in (icd10cm_order, icd10pcs, poa_exempt, conversions, ms_drg):
        monkeypatch.setattr(module, "LEAST", 1)
    for name in ("EXPECTED_CODES", "EXPECTED_BILLABLE"):
        monkeypatch.setattr(icd10cm, name, (1, 100))
    monkeypatch.setattr(icd10cm_index, "EXPECTED", dict.fromkeys(icd10cm_index.EXPECTED, (1, 100)))
    monkeypatch.setattr(pcs_tables, "EXPECTED_TABLES", (1, 10))
    monkeypatch.setattr(pcs_tables, "EXPECTED_CODES", (1, 100))
