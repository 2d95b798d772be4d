"""Pages for what cannot be answered: a bad address (400) and a code that is not there (404)."""

from django.core.exceptions import BadRequest
from django.shortcuts import render

from codes.models import near_misses
from codes.spelling import dotted, normal


def bad_request(request, exception):
    """400 with the sentence that says what is wrong; nothing of an exception that was not written for readers."""
    sentence = str(exception) if isinstance(exception, BadRequest) else "This address cannot be read."
    return render(request, "400.html", {"sentence": sentence}, status=400)


def no_such_code(request, code_set, typed):
    """404 with the search box and near misses."""
    stored = normal(typed)[:24]
    near = near_misses.near(code_set, stored) if stored else []
    context = {
        "typed": typed[:24],
        "near": [row | {"display": dotted(row["slug"], row["code"])} for row in near],
    }
    return render(request, "codes/code_missing.html", context, status=404)
