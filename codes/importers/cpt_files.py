"""The AMA's CPT files as the operator's licence brings them: a folder or zip of texts.

Column layouts: SHORTU and MEDU are fixed in width, LONGULT and the rest are tab-separated below a prose heading.
"""

import re
import zipfile
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from codes.importers import files
from codes.importers.loading import Refused

CODE = re.compile(r"\d{5}|\d{4}[AFMTU]")
FIXED = {"SHORTU": 28, "MEDU": 48}  # widths of the text, which begins in column 7
LONGEST = 10_000
CONSOLIDATED = {"SHORTU": "Short", "MEDU": "Medium", "LONGULT": "Long"}
TERMS = {"CONSUMERDESCRIPTOR": "Consumer Friendly Descriptor", "CLINICIANDESCRIPTOR": "Clinician Descriptor"}
WANTED = {*FIXED, "LONGULT", "CONSOLIDATEDCODELIST", *TERMS}
EDITION = re.compile(r"(?<!\d)20[1-9]\d(?!\d)")


@dataclass
class Words:
    """Code → short, medium and long descriptor; (code, text) of what is searched and never shown."""

    short: dict
    medium: dict
    long: dict
    consumer: list = field(default_factory=list)
    clinician: list = field(default_factory=list)


def texts(path):
    """Name without its ending, in capitals → (name, text) of the files that are read; others are left alone."""
    return {
        PurePosixPath(name).stem.upper(): (name, decoded(content, name))
        for name, content in contents(Path(path))
    }


def contents(path):
    """Yield (name, bytes) of the wanted files in a folder or zip."""
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and is_wanted(each.name):
                yield each.name, each.read_bytes()
        return
    if not zipfile.is_zipfile(path):
        raise Refused(
            f"{path.name} is neither a folder nor a zip: give the folder with all the AMA’s CPT files."
        )
    with files.archive(path) as packed:
        for member in packed.infolist():
            name = PurePosixPath(member.filename).name
            if is_wanted(name):
                files.refuse_bomb(path, member)
                try:
                    yield name, packed.read(member)
                except (*files.BROKEN, OSError, ValueError) as error:
                    raise Refused(
                        f"{path.name}: {name} cannot be unpacked ({error}). {files.AGAIN}"
                    ) from error


def is_wanted(name):
    """Whether a file is one of those that are read."""
    return PurePosixPath(name).suffix.lower() == ".txt" and PurePosixPath(name).stem.upper() in WANTED


def decoded(content, name):
    """The text of a file: UTF-8 in some editions, Windows’ western encoding in others."""
    if files.is_utf8(content):
        return files.decoded(content.removeprefix(BOM_UTF8), name, "utf-8")
    return files.decoded(content, name, "cp1252")


def read(found):
    """The `Words` in the texts of a folder; raises `Refused` with file, line and column."""
    words = {name: descriptors(found, name) for name in CONSOLIDATED}
    same_codes(found, words)
    return Words(
        short=words["SHORTU"],
        medium=words["MEDU"],
        long=words["LONGULT"],
        consumer=searched(found, "CONSUMERDESCRIPTOR"),
        clinician=searched(found, "CLINICIANDESCRIPTOR"),
    )


def searched(found, name):
    """(code, text) of a file whose words are searched; none where it is not there."""
    if name not in found:
        return []
    return [(code, text) for code, (text,) in tabbed(*found[name], "CPT Code", [TERMS[name]]) if text]


def descriptors(found, name):
    """Code → text from one file, or from its column of the consolidated list."""
    if name in found:
        lines = fixed(*found[name], FIXED[name]) if name in FIXED else long_texts(*found[name])
    elif "CONSOLIDATEDCODELIST" in found:
        listed = tabbed(*found["CONSOLIDATEDCODELIST"], "CPT Code", [CONSOLIDATED[name]])
        lines = ((None, code, text) for code, (text,) in listed)
    else:
        raise Refused(
            f"{name}.txt is missing. Give the folder with SHORTU.txt, MEDU.txt and LONGULT.txt in it."
        )
    words = {}
    for number, code, text in lines:
        place = files.where(found[name][0], number, 1) if number else "ConsolidatedCodeList.txt"
        if code in words:
            raise Refused(f"{place}: {code} stands in it twice.")
        if len(text) > FIXED.get(name, LONGEST):
            raise Refused(f"{place}: the text of {code} is longer than any of this kind.")
        words[code] = text
    return words


def fixed(name, text, width):
    """Yield (line, code, text) of a fixed-width file; lines before the first code are its heading."""
    begun = False
    for number, line in enumerate(text.split("\n"), 1):
        is_row = CODE.fullmatch(line[:5]) and line[5:6] in (" ", "")
        if not is_row:
            if begun and line.strip():
                raise Refused(f"{files.where(name, number, 1)}: “{line[:5]}” is no CPT code.")
            continue
        begun = True
        if len(line.rstrip()) > 6 + width:
            raise Refused(
                f"{files.where(name, number, 7 + width)}: a text has {width} characters here, this has more."
            )
        if not line[6:].strip():
            raise Refused(f"{files.where(name, number, 7)}: {line[:5]} has no text.")
        yield number, line[:5], line[6:].strip()


def long_texts(name, text):
    """Yield (line, code, text) of LONGULT; lines before the first code are its heading."""
    begun = False
    for number, line in enumerate(text.split("\n"), 1):
        code, tab, words = line.partition("\t")
        if not (tab and CODE.fullmatch(code.strip())):
            if begun and line.strip():
                raise Refused(
                    f"{files.where(name, number, 1)}: a CPT code, a tab and its text were expected."
                )
            continue
        begun = True
        if not words.strip():
            raise Refused(f"{files.where(name, number, 7)}: {code} has no text.")
        yield number, code.strip(), words.strip()


def tabbed(name, text, key, columns):
    """Yield (code, cells) of these columns; the row of headings may stand below prose."""
    heading = None
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if heading is None:
            named = [cell.lower() for cell in cells]
            if key.lower() in named:
                heading = [column_at(named, column, name, number) for column in (key, *columns)]
            continue
        if not line.strip():
            continue
        if len(cells) <= max(heading):
            raise Refused(
                f"{files.where(name, number)}: it has {len(cells)} columns, fewer than its heading."
            )
        code, *rest = (cells[at] for at in heading)
        if not CODE.fullmatch(code):
            raise Refused(f"{files.where(name, number)}: “{code[:10]}” is no CPT code.")
        yield code, rest
    if heading is None:
        raise Refused(f"{name}: no line names the column {key}.")


def column_at(named, column, name, number):
    """Where a column stands in the headings."""
    if column.lower() not in named:
        raise Refused(f"{files.where(name, number)}: the column {column} is missing.")
    return named.index(column.lower())


def same_codes(found, words):
    """Refuse files of two editions: the three descriptor files hold the same codes."""
    first = words["SHORTU"].keys()
    for name in ("MEDU", "LONGULT"):
        if odd := first ^ words[name].keys():
            code = min(odd)
            has, lacks = ("SHORTU", name) if code in first else (name, "SHORTU")
            raise Refused(
                f"{code} stands in {has}.txt and not in {lacks}.txt: give the files of one edition, whole."
            )


def heading_of(found):
    """The prose above the codes of LONGULT, which names the edition."""
    text = found.get("LONGULT", ("", ""))[1]
    lines = []
    for line in text.split("\n"):
        if CODE.match(line):
            break
        lines.append(line)
    return " ".join(" ".join(lines).split())
