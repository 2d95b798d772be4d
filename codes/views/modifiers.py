"""Modifiers: the list, and what one says, when it is used and which indicators admit it. Free, never metered."""

from django.http import Http404
from django.shortcuts import redirect, render

from codes.presenters import modifiers as present
from codes.views import asked


def modifier_list(request):
    """Every modifier that is described here."""
    return render(request, "codes/modifier_list.html", present.modifier_list(asked.page_number(request)))


def modifier(request, code):
    """One modifier; its address is in upper case."""
    if code != code.upper():
        return redirect("codes:modifier", code.upper(), permanent=True)
    page = present.modifier_page(code)
    if page is None:
        raise Http404
    return render(request, "codes/modifier_detail.html", page)
