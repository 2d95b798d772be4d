"""Notes of the tabular list, out of their XML elements as lines."""

from codes.models import Note

KINDS = {
    "includes": Note.Kind.INCLUDES,
    "inclusionTerm": Note.Kind.INCLUSION_TERM,
    "excludes1": Note.Kind.EXCLUDES1,
    "excludes2": Note.Kind.EXCLUDES2,
    "codeFirst": Note.Kind.CODE_FIRST,
    "useAdditionalCode": Note.Kind.USE_ADDITIONAL,
    "codeAlso": Note.Kind.CODE_ALSO,
    "notes": Note.Kind.NOTE,
    "sevenChrNote": Note.Kind.SEVENTH_CHARACTER,
}


def lines_of(element):
    """(kind, text) for each line of a block of notes."""
    if element.tag in KINDS:
        for note in element.iterfind("note"):
            yield KINDS[element.tag], words(note)
    elif element.tag == "sevenChrDef":
        character = ""
        for each in element:
            character = each.get("char", character)
            if each.tag == "note":
                yield Note.Kind.SEVENTH_CHARACTER, f"{character}: {words(each)}"
    elif element.tag == "visualImpairment":
        yield from ((Note.Kind.NOTE, text) for text in visual_impairment(element))


def visual_impairment(table):
    """The table at H54.8 in sentences, a category each."""
    for category in table.iterfind("visCategory"):
        number = words(category.find("value"))
        acuities = [
            (words(each.find("visMax")), words(each.find("visMin"))) for each in category.iterfind("visRange")
        ]
        if not number:
            continue
        if len(acuities) == 1:
            yield f"Category {number} of visual impairment: {acuities[0][0].lower()}."
            continue
        less, least = (" or ".join(filter(None, each)) for each in zip(*acuities, strict=True))
        yield (
            f"Category {number} of visual impairment, visual acuity with best possible correction: "
            f"less than {less}; equal to or better than {least}."
        )


def words(element):
    """All text of an element on one line; empty without one."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
