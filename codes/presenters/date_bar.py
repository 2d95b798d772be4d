"""The bar under the header: the date of service asked for, and which edition answers."""


def date_bar(editions, code_set):
    """What the bar says for one code set: `dos`, the edition that answers, and a warning in words."""
    own = editions.of_code_set(code_set)
    edition = editions.answer(own)
    return {
        "dos": editions.dos,
        "edition": edition,
        "warning": warning(editions, own, edition),
    }


def warning(editions, own, edition):
    """Why the answer may not fit the day: nothing loaded, outside what is loaded, or an edition that has ended."""
    if not own:
        return "Nothing is loaded for this code set yet."
    if edition is None:
        return f"{editions.dos} is outside the loaded editions ({editions.span(own)})."
    if editions.dos is None and edition.ends_on and edition.ends_on < editions.today:
        return f"It ended {edition.ends_on}; a later one exists."
    return ""
