"""A text as readers would see it."""

from codes import lay_text
from codes.models import Code


def preview(body):
    """The text as HTML, its number of words, and what it names that is no loaded code."""
    named = lay_text.mentioned(body)
    known = set(Code.objects.filter(code__in=named).values_list("code_set__slug", "code"))
    numbers = {code for _, code in known}
    return {
        "html": lay_text.html(body, known),
        "words": len(body.split()),
        "unknown": [code for code in named if code not in numbers and "-" not in code],
    }
