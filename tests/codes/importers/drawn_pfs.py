"""The zip of relative values drawn small in CMS's layout, with sentinels where its licensed words would stand."""

import zipfile

SENTINEL = "Licensed words of a publisher"
NOTHING = ",0.00,0.00,,0.00,,0.00,0.00,0.00,9,XXX,0.00,0.00,0.00,9,9,9,9,9,,32.3465,09,0,99,0.00,0.00,0.00"
HEADING = (
    ",,{year} National Physician Fee Schedule Relative Value File {month} Release" + "," * 28,
    ",,CPT codes and descriptions only are copyright 2024 American Medical Association." + "," * 28,
    ",,RELEASED 09/11/2025" + "," * 28,
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,"
    "SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT",
)
LINES = (
    f"11042,,{SENTINEL},A,,1.01,2.73,,0.68,,0.13,3.87,1.82,0,000,0.00,0.00,0.00,2,0,1,0,0,,32.3465,09,0,99,0.00,0.00,0.00",
    f"70450,,{SENTINEL},A,,0.85,2.35,,2.35,NA,0.05,3.25,3.25,1,XXX,0.00,0.00,0.00,4,0,0,0,0,,32.3465,09,0,88,3.58,3.58,0.06",
    f"70450,26,{SENTINEL},A,,0.85,0.31,,0.31,,0.04,1.20,1.20,1,XXX,0.00,0.00,0.00,4,0,0,0,0,,32.3465,09,0,88,0.00,0.00,0.00",
    f"70450,TC,{SENTINEL},A,,0.00,2.04,,2.04,NA,0.01,2.05,2.05,1,XXX,0.00,0.00,0.00,4,0,0,0,0,,32.3465,01,0,88,3.27,3.27,0.02",
    f"00100,,{SENTINEL},J,{NOTHING}",
    f"27130,,{SENTINEL},A,,19.60,15.34,NA,15.34,,3.99,38.93,38.93,0,090,0.10,0.69,0.21,2,1,2,1,0,,32.3465,09,0,99,0.00,0.00,0.00",
    f"99213,,{SENTINEL},A,,1.30,1.35,,0.57,,0.10,2.75,1.97,0,XXX,0.00,0.00,0.00,0,0,0,0,0,,32.3465,09,0,99,0.00,0.00,0.00",
    f"0042T,,{SENTINEL},N,{NOTHING}",
    f"0001F,,{SENTINEL},I,{NOTHING}",
    f"0001U,,{SENTINEL},X,{NOTHING}",
    f"0001A,,{SENTINEL},X,{NOTHING}",
    f"0002M,,{SENTINEL},X,{NOTHING}",
    f"D0120,,{SENTINEL},N,{NOTHING}",
    f"D9999,,{SENTINEL},N,{NOTHING}",
    f"J1100,,Words of CMS,E,{NOTHING}",
)
INDICES = "2025 PW GPCI (with 1.0 Floor),2025 PE GPCI,2025 MP GPCI"
GPCI = f"""ADDENDUM E. DRAWN GEOGRAPHIC PRACTICE COST INDICES,,,,,,
,,,,,,
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,{INDICES}
10112,AL,00,ALABAMA,1,0.869,0.575
02102,AK,01,ALASKA*,1.5,1.081,0.592
02402,WA,02,SEATTLE (KING CNTY),1.043,1.22,0.853
"A remark at the foot, with a comma",,,,,,
"""
LOCALITIES = """COUNTIES INCLUDED IN 2025 LOCALITIES.,,,,
Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties
,,,,
10112,0,ALABAMA ,STATEWIDE ,ALL COUNTIES
2402,2,WASHINGTON ,SEATTLE (KING CNTY),KING
"""
ANESTHESIA = """Contractor,Locality,Locality Name,National Anes CF of 20.3178
10112 ,00 ,ALABAMA,19.31
02102 ,01 ,ALASKA*,27.86
,,,
"""
CAPS = """HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE
70450,TC,A,10112,00,60.01,60.01
,,,,,,
"""


def pprrvu(lines=LINES, year=2025, month="October"):
    """PPRRVU as text."""
    return "\r\n".join([*HEADING, *lines, ""]).format(year=year, month=month)


def members(lines=LINES, year=2025, month="October", **changes):
    """The files of a zip by name; `changes` replace one by its kind, such as `gpci`."""
    told = {"gpci": GPCI, "locco": LOCALITIES, "anes": ANESTHESIA, "oppscap": CAPS} | changes
    return {
        f"PPRRVU{year}_{month[:3]}.csv": told.get("pprrvu", pprrvu(lines, year, month)),
        f"GPCI{year}.csv": told["gpci"],
        "25LOCCO.csv": told["locco"],
        f"ANES{year}.csv": told["anes"],
        f"OPPSCAP_{month[:3]}.csv": told["oppscap"],
    }


def zipped(path, files):
    """A zip of these files; returns its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return path


def small(monkeypatch):
    """Let the loader take small files."""
    from codes.importers import pfs

    monkeypatch.setattr(pfs, "LEAST", 1)
    monkeypatch.setattr(pfs, "LEAST_LOCALITIES", 1)
