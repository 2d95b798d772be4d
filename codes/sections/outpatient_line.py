"""The hospital outpatient line of a procedure: status indicator and APC in words."""

from codes.models.outpatient import status_on
from codes.outpatient_words import apc_in_words, meaning
from codes.sections.base import DoesNotApply, Filled, NotLoaded

SOURCE = "oce-status"


def beside(fee, subject):
    """The fee section's answer with the outpatient line; the line alone where no fee schedule answers."""
    line = outpatient_line(subject)
    if line is None:
        return fee
    if fee.state == "filled":
        fee.context["outpatient"] = line
        fee.sources.append(line["edition"])
        return fee
    context = {"outpatient": line, "no_fee": why(fee)}
    return Filled(
        context, value=f"OPPS {line['status']}", edition=line["edition"].label, sources=[line["edition"]]
    )


def why(fee):
    """Why no fee stands beside the line, in a sentence."""
    if isinstance(fee, NotLoaded):
        return f"Not loaded: {fee.file}."
    return f"The fee {fee.sentence}" if isinstance(fee, DoesNotApply) else ""


def outpatient_line(subject):
    """Status and APC on the day asked for; None where no edition answers or names the code."""
    source = subject.editions.of_source(SOURCE)
    edition = subject.editions.answer(source)
    found = edition and status_on(subject.code, subject.editions.day(source))
    if not found:
        return None
    return {
        "status": found["status"],
        "meaning": meaning(found["status"]),
        "apc": apc_in_words(found["apc"]),
        "edition": edition,
    }
