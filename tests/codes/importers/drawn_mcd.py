"""Draws a download of the Medicare coverage database small: tables in a zip in a zip, in words of our own."""

import csv
import io
import zipfile

AMA = "Sentinel of a licensed descriptor"
LOOKUPS = {
    "contractor": [
        [
            "contractor_id",
            "contractor_type_id",
            "contractor_version",
            "contractor_bus_name",
            "contractor_number",
        ],
        ["8", "9", "1", "Drawn Administrators", "01112"],
    ],
    "contractor_jurisdiction": [
        ["contractor_id", "contractor_type_id", "contractor_version", "state_id"],
        ["8", "9", "1", "6"],
        ["8", "9", "1", "2"],
    ],
    "state_lookup": [
        ["state_id", "state_abbrev", "description"],
        ["6", "CA", "California"],
        ["2", "AL", "Alabama"],
    ],
}
ARTICLE = {
    "article": [
        [
            *(
                "article_id",
                "article_version",
                "article_type",
                "title",
                "article_pub_date",
                "article_eff_date",
            ),
            *(
                "article_end_date",
                "description",
                "status",
                "article_rev_end_date",
                "date_retired",
                "display_id",
            ),
        ],
        [
            "1001",
            "7",
            "1",
            "Billing of drawn canes",
            "",
            "2024-10-01 00:00:00",
            "",
            AMA,
            "A",
            "",
            "",
            "A1001",
        ],
        [
            "1002",
            "3",
            "1",
            "Retired drawn article",
            "",
            "2020-01-01",
            "2021-12-31",
            AMA,
            "R",
            "N/A",
            "",
            "A1002",
        ],
    ],
    "article_x_contractor": [
        ["article_id", "article_version", "contractor_id", "contractor_type_id", "contractor_version"],
        ["1001", "7", "8", "9", "1"],
    ],
    "article_x_hcpc_code": [
        [
            "article_id",
            "article_version",
            "hcpc_code_id",
            "hcpc_code_group",
            "long_description",
            "short_description",
        ],
        ["1001", "7", "E0100", "1", AMA, AMA],
        ["1001", "7", "20703", "1", AMA, AMA],
        ["1001", "7", "XX000", "1", AMA, AMA],
    ],
    "article_x_hcpc_code_group": [
        ["article_id", "article_version", "hcpc_code_group", "paragraph"],
        ["1001", "7", "1", "<p>Group 1 paragraph.</p>"],
    ],
    "article_x_icd10_covered": [
        ["article_id", "article_version", "icd10_code_id", "icd10_covered_group", "description"],
        ["1001", "7", "E11.9", "1", "x"],
        ["1001", "7", "M17.11", "1", "x"],
        ["1002", "3", "E11.9", "1", "x"],
    ],
    "article_x_icd10_covered_group": [
        ["article_id", "article_version", "icd10_covered_group", "paragraph", "icd10_covered_ast"],
        ["1001", "7", "1", "<p>These support <b>E0100</b> alone:<br>see &amp; read.</p>", ""],
    ],
    "article_x_icd10_noncovered": [
        ["article_id", "article_version", "icd10_code_id", "icd10_noncovered_group", "description"],
        ["1001", "7", "Z00.00", "1", "x"],
    ],
    "article_related_documents": [
        ["article_id", "article_version", "related_num", "r_article_id", "r_lcd_id"],
        ["1001", "7", "1", "0", "2001"],
    ],
    "article_related_ncd_documents": [
        ["article_id", "article_version", "r_ncd_id"],
        ["1001", "7", "77"],
    ],
} | LOOKUPS
LCD = {
    "lcd": [
        [
            *(
                "lcd_id",
                "lcd_version",
                "title",
                "orig_det_eff_date",
                "rev_eff_date",
                "rev_end_date",
                "indication",
            ),
            *("status", "date_retired", "display_id"),
        ],
        ["2001", "12", "Drawn canes", "2015-10-01", "10/01/2024", "", AMA, "A", "", "L2001"],
    ],
    "lcd_x_contractor": [
        ["lcd_id", "lcd_version", "contractor_id", "contractor_type_id", "contractor_version"],
        ["2001", "12", "8", "9", "1"],
    ],
} | LOOKUPS
NCD = {
    "ncd_trkg": [
        [
            "NCD_id",
            "NCD_vrsn_num",
            "NCD_mnl_sect",
            "NCD_mnl_sect_title",
            "NCD_efctv_dt",
            "NCD_trmntn_dt",
            "indctn_lmtn",
        ],
        ["77", "1", "280.99", "Drawn walking aids", "2005-05-05", "", AMA],
    ]
}


def table(rows):
    """The bytes of a CSV table as CMS writes them."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def packed(members):
    """The bytes of a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def tables(kind_tables):
    """The bytes of a zip of CSV tables."""
    return packed({f"{name}.csv": table(rows) for name, rows in kind_tables.items()})


def all_data(article=ARTICLE, lcd=LCD, ncd=NCD):
    """The bytes of a download of everything: zips in zips in a zip."""
    kinds = {"ncd": ncd, "current_lcd": lcd, "current_article": article}
    return packed(
        {
            f"{name}.zip": packed({f"{name}_csv.zip": tables(each), "readme.pdf": b"x"})
            for name, each in kinds.items()
        }
    )
