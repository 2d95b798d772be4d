"""Where a header leads: the choices below it, as a list or as a grid of sides and seventh characters."""

from codes.names import line


def choices(found, title, below):
    """The billable codes below a header: `rows` as an indented list, or `columns` and `grid` for seventh characters.

    The grid has a line for each seventh character and a column for each code that takes it.
    """
    children = [row for row in below if row["parent"] == found.id]
    if not children:
        return None
    grid = grid_of(found.slug, title, children, below)
    return grid or {"rows": list(indented(found.slug, title, children, below)), "is_cut": len(below) >= 160}


def indented(code_set, title, children, below):
    """Children, each followed by its own."""
    for child in children:
        yield line(code_set, child, title) | {"depth": 1}
        for grandchild in below:
            if grandchild["parent"] == child["id"]:
                yield line(code_set, grandchild, child["title"]) | {"depth": 2}


def grid_of(code_set, title, children, below):
    """Seventh characters by side, where every child takes the same ones; None where they do not."""
    by_child = {child["id"]: {} for child in children}
    for row in below:
        if row["parent"] in by_child and len(row["code"]) == 7:
            by_child[row["parent"]][row["code"][6]] = row
    characters = sorted(set().union(*by_child.values()))
    if code_set != "icd-10-cm" or not characters or any(set(c) != set(characters) for c in by_child.values()):
        return None
    return {
        "columns": [line(code_set, child) | {"title": added(child["title"], title)} for child in children],
        "grid": [grid_row(code_set, character, children, by_child) for character in characters],
    }


def added(title, above):
    """The words that a title adds to the one above it: `right` of `neck of right femur` under `neck of femur`."""
    rest = list(above.split())
    words = [word for word in title.split() if word not in rest or rest.remove(word)]
    return " ".join(words) or title


def grid_row(code_set, character, children, by_child):
    """One seventh character: its text, and the code under each column."""
    first = children[0]
    text = line(code_set, by_child[first["id"]][character], first["title"])["title"]
    cells = [line(code_set, by_child[child["id"]][character]) for child in children]
    return {"character": character, "text": text, "cells": cells}
