"""The package of the outpatient code editor drawn small: the same shape, a wheel around an LMDB file."""

import hashlib
import lzma
import marshal
import struct
import zipfile

from codes.importers import lmdb_file, outpatient, outpatient_package, outpatient_pairs

PAGE = 4096
AMA, ADA = "Zzyama words of a procedure", "Zzyada words of a tooth"  # nowhere but in the drawn file
VERSIONS = {
    "102": {"date_started": 20260101, "date_ended": 20260331, "version_id": "27.0.1"},
    "103": {"date_started": 20260401, "date_ended": 20360331, "version_id": "27.1.0"},
}
FREE = {"lo_age": False, "hi_age": 124, "manifestation": False}
FREE |= {"unacceptable_pdx": False, "unacceptable_pdx_exclusion": False, "description": "words"}
DIAGNOSES = {
    "E119|102|103": FREE,
    "E11A|102|103": FREE | {"manifestation": True},
    "E1165|102|102": FREE | {"lo_age": 12, "hi_age": 55},
    "E1165|103|103": FREE | {"lo_age": 9, "hi_age": 64, "unacceptable_pdx": True},
    "E1169|102|103": FREE | {"unacceptable_pdx": True, "unacceptable_pdx_exclusion": True},
}


def procedure(status, apc="00000", words=AMA, **flags):
    """A row of the table of procedures."""
    return {"status_indicator": status, "apc": apc, "description": words, **flags}


PROCEDURES = {
    "11042|102|102": procedure("T", "05052"),
    "11042|103|103": procedure("T", "05052", observation=True),
    "99213|102|102": procedure("V", "05012"),
    "99213|103|103": procedure("B"),
    "D7999|102|103": procedure("E1", words=ADA),
    "G0463|102|103": procedure("J2", "05012", "Drawn clinic visit"),
}


def pair(code, low, high, is_lifted):
    """One pair of a column one code, as it is packed in that code's list."""
    row = {"code2": code, "mod_indicator": is_lifted, "lo_version": low, "hi_version": high}
    return code.encode(), marshal.dumps(row)


PAIRS = {
    "11042": [pair("99213", 102, 102, False), pair("99213", 103, 103, True), pair("D7999", 102, 103, True)],
    "G0463": [pair("36591", 102, 102, False)],
}
TABLES = {"data_dx10": DIAGNOSES, "data_hcpcs": PROCEDURES, "map_ncci": PAIRS, "version_range": VERSIONS}


def lmdb(tables):
    """The bytes of an LMDB file with these tables: name → key → value; one leaf each, or a branch above several."""
    pages = [b"", b""]
    roots = {name: placed(pages, encoded(rows)) for name, rows in tables.items()}
    main = placed(
        pages,
        [
            (name.encode(), lmdb_file.TABLE.pack(0, 0, 1, 0, 1, 0, len(tables[name]), root))
            for name, root in roots.items()
        ],
    )
    pages[0], pages[1] = described(0, main), described(1, main)
    return b"".join(page.ljust(-(-len(page) // PAGE) * PAGE, b"\0") for page in pages)


def encoded(rows):
    """(key, value) as bytes, in the order of the keys."""
    return sorted((key.encode(), marshal.dumps(value)) for key, value in rows.items())


def placed(pages, rows, most=4):
    """Put rows on pages behind the others; returns the number of their root."""
    leaves = [leaf(pages, rows[at : at + most]) for at in range(0, len(rows), most)]
    if len(leaves) == 1:
        return leaves[0][1]
    nodes = [struct.pack("<IHH", number, 0, len(key)) + key for key, number in leaves]
    return put(pages, lmdb_file.BRANCH, nodes)


def leaf(pages, rows):
    """A leaf of rows, long values on pages of their own; returns (its first key, its number)."""
    nodes = []
    for key, value in rows:
        is_long = len(value) > PAGE // 8
        stored = struct.pack("<Q", long_value(pages, value)) if is_long else value
        nodes.append(struct.pack("<IHH", len(value), int(is_long), len(key)) + key + stored)
    return rows[0][0], put(pages, lmdb_file.LEAF, nodes)


def long_value(pages, value):
    """A value on pages of its own."""
    number, count = len(pages), -(-(16 + len(value)) // PAGE)
    pages.append(struct.pack("<QHHI", number, 0, 4, count) + value)
    pages += [b""] * (count - 1)
    return number


def put(pages, flags, nodes):
    """A page with these nodes from its end upwards."""
    body, places = b"", []
    for node in nodes:
        body = node + b"\0" * (len(node) % 2) + body
        places.append(PAGE - len(body))
    lower = 16 + 2 * len(nodes)
    head = struct.pack("<QHHHH", len(pages), 0, flags, lower, places[-1]) + struct.pack(
        f"<{len(places)}H", *places
    )
    pages.append(head + b"\0" * (PAGE - len(head) - len(body)) + body)
    return len(pages) - 1


def described(number, root):
    """One of the two pages that describe the file."""
    free = lmdb_file.TABLE.pack(PAGE, 0, 0, 0, 0, 0, 0, lmdb_file.NONE)
    main = lmdb_file.TABLE.pack(0, 0, 1, 0, 1, 0, 3, root)
    meta = lmdb_file.META.pack(lmdb_file.MAGIC, 1, 0, 0, free + main, 0, number)
    return struct.pack("<QHHHH", number, 0, 8, 0, 0) + meta


def wheel(folder, monkeypatch, **tables):
    """A wheel with the drawn tables, named in the lock; returns its path."""
    path = folder / "pyoce-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(outpatient_package.INSIDE, lzma.compress(lmdb(TABLES | tables)))
    lock = folder / "requirements-outpatient.txt"
    lock.write_text(f"pyoce==0.1.0 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n")
    monkeypatch.setattr(outpatient_package, "LOCK", lock)
    for source in outpatient.LEAST:
        monkeypatch.setitem(outpatient.LEAST, source, 1)
    monkeypatch.setattr(outpatient_pairs, "LEAST", 1)
    return path
