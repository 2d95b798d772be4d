"""Brakes on what is cheap to ask and dear to answer: `throttled(name, rate)`."""

import time
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.networks import hidden_network

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def throttled(name, rate):
    """Let each reader, or each guest's network, call the view so often: `@throttled("search", "60/m")`.

    Off with RATE_LIMITS=off. The counter lies in the default cache, so it is shared by all workers.
    """
    most, span = rate.split("/")
    most, span = int(most), SECONDS[span]

    def decorator(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if settings.RATE_LIMITS and _calls(name, request, span) > most:
                return refusal(request, span)
            return view(request, *args, **kwargs)

        return wrapper

    return decorator


def _calls(name, request, span):
    """How often the caller has called in this span, this call included."""
    key = f"throttle:{name}:{int(time.time()) // span}:{_caller(request)}"
    calls = cache.get(key, 0) + 1
    # Parallel calls may be counted once: this is a brake, the meter is the lock.
    cache.set(key, calls, span)
    return calls


def _caller(request):
    if request.user.is_authenticated:
        return f"reader-{request.user.pk}"
    return hidden_network(request, timezone.localdate())


def refusal(request, span):
    """429: a page for a browser, a sentence for what is no browser."""
    wait = {1: "a second", 60: "a minute", 3600: "an hour", 86400: "a day"}[span]
    if "text/html" in request.headers.get("Accept", ""):
        response = render(request, "429.html", {"wait": wait}, status=429)
    else:
        sentence = f"Too many requests from you or your network. Please try again in {wait}."
        response = HttpResponse(sentence, status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(span)
    response["Cache-Control"] = "no-store"
    return response
