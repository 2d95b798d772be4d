"""The first page."""

from django.shortcuts import render
from django.utils import timezone

from codes.presenters.home import code_set_lines


def home(request):
    """One search box, the code sets with their editions, and the products that work."""
    return render(request, "codes/home.html", {"code_sets": code_set_lines(timezone.localdate())})
