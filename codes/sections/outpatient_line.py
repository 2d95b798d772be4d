"""The hospital outpatient line of a procedure: status indicator and APC in words."""

from dataclasses import dataclass
from datetime import date

from codes.editions import Edition
from codes.models.outpatient import status_on
from codes.outpatient_words import apc_in_words, meaning
from codes.sections.base import Filled, NotLoaded

SOURCE = "oce-status"


@dataclass(frozen=True)
class Answering:
    """The edition of the outpatient code editor that answers, and the day to ask for; None where none does."""

    edition: Edition | None
    day: date | None


def answering(subject):
    """Which edition answers for the day asked for."""
    source = subject.editions.of_source(SOURCE)
    edition = subject.editions.answer(source)
    return Answering(edition, edition and subject.editions.day(source))


def in_words(found, edition):
    """What the section prints of a row (`status`, `apc`); None for none."""
    if not found:
        return None
    return {
        "status": found["status"],
        "meaning": meaning(found["status"]),
        "apc": apc_in_words(found["apc"]),
        "edition": edition,
    }


def alone(subject, fee):
    """The line where no fee schedule answers (`fee` says why); that answer itself where there is no line either."""
    opps = answering(subject)
    line = in_words(opps.edition and status_on(subject.code, opps.day), opps.edition)
    if line is None:
        return fee
    context = {"outpatient": line, "no_fee": why(fee)}
    return Filled(context, value=f"OPPS {line['status']}", edition=opps.edition.label, sources=[opps.edition])


def why(fee):
    """Why no fee stands beside the line, in a sentence."""
    return f"Not loaded: {fee.file}." if isinstance(fee, NotLoaded) else f"The fee {fee.sentence}"
