"""Our own guidelines and checklists, as two sections print them; they come with the page's surroundings."""

from django.utils.safestring import mark_safe

from codes import lay_text
from codes.models.guidance import Guidance, day_of, span
from codes.sections.base import Filled

GUIDELINE, CHECKLIST = Guidance.Kind.GUIDELINE, Guidance.Kind.CHECKLIST


def own(subject, kind):
    """The published texts of this kind for the code, the nearest first."""
    return [text(subject, row) for row in subject.around.guidance if row["kind"] == kind]


def text(subject, row):
    """One text as the template prints it, with the codes that it names linked."""
    published, day = row["published"], day_of(row["published"])
    where = span(subject.code_set, row["first"], row["last"]) if row["first"] else subject.found.name
    return {
        "title": published["title"],
        "html": mark_safe(lay_text.html(published["body"], subject.around.known)),
        "where": where,
        "author_role": published["author_role"],
        "on": day,
        "is_unreviewed": row["is_seed"],
        "sources": [source for source in published["sources"].splitlines() if source.strip()],
    }


def beside(answer, texts):
    """The official answer with our texts below it; what is not loaded is then said inside the section."""
    if not texts:
        return answer
    if answer.state != "filled":
        return Filled({"own": texts, "missing": answer}, value="our guidance", facts=answer.facts)
    answer.context["own"] = texts
    return answer
