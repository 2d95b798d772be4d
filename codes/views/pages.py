"""Pages about the site itself."""

from django.conf import settings
from django.shortcuts import render

from codes.models.code_sets import KNOWN

PERIODS = {"month": " a month", "day": " a day", "lifetime": ""}


def about(request):
    """What the site is, how its facts are dated, how its own texts are made."""
    return render(request, "codes/about.html", limits())


def licensing(request):
    """Whose data and whose words are shown."""
    return render(request, "codes/licensing.html", {"code_sets": list(KNOWN.values())})


def privacy(request):
    """What is kept about readers."""
    return render(request, "codes/privacy.html")


def terms(request):
    """On what terms the site may be used."""
    return render(request, "codes/terms.html", limits())


def limits():
    """The meter's numbers in words, true to the settings."""
    number = settings.GUEST_CODE_PAGE_VIEWS
    return {
        "guest_views": f"{number} code page{'' if number == 1 else 's'}",
        "extra_views": settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS,
        "period": PERIODS[settings.CODE_PAGE_VIEW_PERIOD],
    }
