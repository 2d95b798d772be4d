"""A text as readers would see it."""

from codes import lay_text
from codes.models import Code


def preview(body):
    """The text as HTML, its number of words, and what it names that is no loaded code."""
    codes = Code.objects.filter(code__in=lay_text.mentioned(body))
    known = set(codes.values_list("code_set__slug", "code"))
    unknown = (
        body[start:end]
        for start, end, code_set, code in sorted(lay_text.candidates(body))
        if (code_set, code) not in known and "-" not in code
    )
    return {
        "html": lay_text.html(body, known),
        "words": len(body.split()),
        "unknown": list(dict.fromkeys(unknown)),
    }
