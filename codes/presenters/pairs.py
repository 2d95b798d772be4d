"""The pair page and the list of a code's pairs, ready for their templates."""

from dataclasses import dataclass
from datetime import timedelta

from codes import ncci
from codes.models import ncci as queries
from codes.presenters.time_bars import time_bars

DAY = timedelta(days=1)
MANUAL = "Which service was given when, where on the body and by whom, and why the second was not part of the first."


@dataclass(frozen=True)
class Verdict:
    """What NCCI says of a pair on a day: `kind` is not-paid, modifier, none, ended or not-loaded."""

    kind: str
    lead: str
    strong: str = ""
    rest: str = ""


def shell(one, two, found, dos):
    """What everybody may see: both codes with what may be said of them outside an opened page."""
    return {
        "one": one,
        "two": two,
        "dos": dos,
        "codes": [
            {"code": code, "address": ncci.code_address(code), **named(found, code)} for code in (one, two)
        ],
    }


def named(found, code):
    """Code set and title of a code; a dental number has neither."""
    return {"title": found.get(code, {}).get("title", "")}


def pair_page(one, two, found, editions, setting):
    """Everything that a reader sees of a pair in one setting; the other one's answer stands beside it."""
    answers = {number: ncci.answering(editions, source, one, two) for number, source in ncci.PTP.items()}
    limits = ncci.answering(editions, ncci.MUE["practitioner"], one, two)
    fees = editions.of_source("pfs")
    rows = queries.pair((one, two), limits.day, editions.day(fees) if fees else None)
    asked = setting or next((number for number, each in answers.items() if each.edition), 1)
    windows = {number: [row for row in rows["windows"] if row["setting"] == number] for number in answers}
    known = {number: windows[number] if answers[number].edition else [] for number in answers}
    answer = answers[asked]
    page = shell(one, two, found, editions.dos)
    return page | {
        "codes": [code | facts(code["code"], rows, limits) for code in page["codes"]],
        "setting": ncci.SETTINGS[asked],
        "answer": answer,
        "day": answer.day or editions.dos,
        "verdict": verdict(one, two, known[asked], answer),
        "tabs": [tab(number, each, asked, one, two, known[number]) for number, each in answers.items()],
        "bars": time_bars(orders(one, two), known[asked], answer) if answer.edition else None,
        "windows": [line(row, answers[number]) for number in answers for row in known[number]],
        "modifiers": ncci.MODIFIERS,
        "record": MANUAL,
    }


def orders(one, two):
    """Both orders of a pair."""
    return ((one, two), (two, one))


def verdict(one, two, windows, answer):
    """The `Verdict` on a pair, from its windows in one setting."""
    if answer.edition is None:
        return Verdict("not-loaded", f"The {word(answer)} edits are {answer.silence}.")
    counted = [row for row in windows if row["indicator"] != 9]
    standing = [row for row in counted if stands(row, answer)]
    if standing:
        return of_standing(min(standing, key=lambda row: row["indicator"]), answer)
    untold = [row for row in counted if is_untold(row, answer)]
    if untold:
        said = f"In the {answer.name} file; whether it stood on {answer.day} is not in this file."
        return Verdict("not-loaded", said)
    return of_absence(one, two, counted, answer)


def of_standing(row, answer):
    """The verdict of a row in force."""
    denied = (
        f"{row['column_one']} (column 1) is eligible for payment, {row['column_two']} (column 2) is denied."
    )
    if row["indicator"] == 0:
        return Verdict(
            "not-paid", "Never together, whatever the modifier:", denied, "Indicator 0: no modifier lifts it."
        )
    visit = any(map(ncci.is_visit, (row["column_one"], row["column_two"])))
    how = ncci.which_modifiers(row["setting"], answer.day, visit)
    lead = "Only with a modifier, and only when the record shows them separate; without one"
    return Verdict("modifier", lead, denied, f"Indicator 1: a modifier may lift it. {how}")


def of_absence(one, two, counted, answer):
    """The verdict where no row is in force: ended, not begun, or no edit at all."""
    ended = [
        row["terminated_on"]
        for row in counted
        if row["terminated_on"] and row["terminated_on"] < text(answer.day)
    ]
    if ended:
        lead = f"The edit between {one} and {two} ended on {max(ended)}: not in force on {answer.day}."
        return Verdict("ended", lead, "", "Both can be eligible for payment.")
    begins = [
        row["effective_on"]
        for row in counted
        if row["effective_on"] and row["effective_on"] > text(answer.day)
    ]
    lead = f"No edit between {one} and {two} in {answer.name}."
    if begins:
        lead = f"No edit between {one} and {two} on {answer.day}: one begins on {min(begins)}."
    return Verdict("none", lead, "", "NCCI denies neither beside the other; other rules may.")


def stands(row, answer):
    """Whether a window holds the day; one without a start is known inside its edition's quarter."""
    begins = row["effective_on"] or text(answer.quarter_begins)
    return begins <= text(answer.day) and not_over(row, answer)


def is_untold(row, answer):
    """Whether the file does not tell if a window holds the day."""
    return not row["effective_on"] and answer.day < answer.quarter_begins and not_over(row, answer)


def not_over(row, answer):
    """Whether a window had not ended by the day."""
    return not row["terminated_on"] or row["terminated_on"] >= text(answer.day)


def text(day):
    """A day as the query gives days, which sort as text."""
    return day.isoformat()


def word(answer):
    """`practitioner` or `hospital`, from the source's name."""
    return answer.source.removeprefix("ptp-")


def tab(number, answer, asked, one, two, windows):
    """One setting: its name, whether it is the one shown, and what it says in a word."""
    return {
        "word": ncci.SETTING_WORDS[number],
        "label": ncci.SETTINGS[number],
        "is_shown": number == asked,
        "said": SHORT[verdict(one, two, windows, answer).kind],
    }


SHORT = {
    "not-paid": "not together",
    "modifier": "with a modifier",
    "none": "no edit",
    "ended": "ended",
    "not-loaded": "not loaded",
}


def line(row, answer):
    """A window as the table prints it."""
    since = row["effective_on"] or ""
    return row | {
        "word": ncci.SETTING_WORDS[row["setting"]],
        "since": since,
        "from": since or "not in this file",
        "until": row["terminated_on"] or "",
        "means": ncci.INDICATORS[row["indicator"]],
        "file": answer.edition.label,
        "is_in_force": row["indicator"] != 9 and stands(row, answer),
    }


def facts(code, rows, limits):
    """The line of a code: its unit limit with MAI, global days and facility units, where they are loaded."""
    limit = next((row for row in rows["mues"] if row["code"] == code), None) if limits.edition else None
    fee = next((row for row in rows["fees"] if row["code"] == code), {})
    return {
        "mue": limit["value"] if limit else ("none" if limits.edition else "not loaded"),
        "mai": limit["adjudication"] if limit else "",
        "global_days": fee.get("global_days", "not loaded"),
        "facility_total": fee.get("facility_total", "not loaded"),
    }


def pair_list(code, found, editions, asked):
    """A page of a code's pairs in one setting and column; `asked` is a `codes.views.pairs.Asked`."""
    answers = {number: ncci.answering(editions, source, code) for number, source in ncci.PTP.items()}
    setting = asked.setting or next((number for number, each in answers.items() if each.edition), 1)
    answer = answers[setting]
    rows, more = [], False
    if answer.edition:
        asking = (setting, answer.day, answer.quarter_begins)
        rows, more = queries.page_of_pairs(code, asked.column, asking, asked.after, asked.starts)
    return {
        "code": code,
        "address": ncci.code_address(code),
        "dos": editions.dos,
        "title": found.get(code, {}).get("title", ""),
        "answer": answer,
        "word": ncci.SETTING_WORDS[setting],
        "settings": [
            {
                "word": ncci.SETTING_WORDS[number],
                "label": ncci.SETTINGS[number],
                "is_shown": number == setting,
            }
            for number in answers
        ],
        "column": asked.column,
        "starts": asked.starts,
        "after": asked.after,
        "rows": [listed(row, asked.column, answer) for row in rows],
        "next": rows[-1][OTHER[asked.column]] if more else "",
    }


OTHER = {1: "column_two", 2: "column_one"}


def listed(row, column, answer):
    """A line of the list: the other code, what the indicator means, since when."""
    return {
        "other": row[OTHER[column]],
        "column_one": row["column_one"],
        "column_two": row["column_two"],
        "means": ncci.INDICATORS[row["indicator"]],
        "rationale": row["rationale"],
        "since": row["effective_on"] or f"in force in {answer.name}; start not in this file",
        "until": row["terminated_on"] or "",
    }
