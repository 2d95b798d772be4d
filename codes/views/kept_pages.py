"""Pages kept whole until what they were made from changes, with holes for what is the visitor's own.

Rendering takes most of a page's time, and a code page differs between readers in three small places only: who is
logged in, what has just happened, and how many views are left. The page is rendered with marks in their place,
without a request, so nothing of a visitor can be kept.
"""

import re
from collections import OrderedDict
from functools import lru_cache
from threading import Lock

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.template.loader import render_to_string

from codes.models.code_sets import KNOWN

MARK = "\ue000{}\ue001"  # private use: no text of ours or of a publisher holds them
HOLES = {name: MARK.format(name) for name in ("account", "messages", "page_views")}
MARKS = re.compile("\ue000(\\w+)\ue001")
CODE_LINKS = re.compile(rf'href="(/(?:{"|".join(KNOWN)})/[^"?#]*)"')


class Shelf:
    """The last so many pages of this process, as pieces of text and names of holes in turns."""

    def __init__(self, room):
        self.room, self.pages, self.lock = room, OrderedDict(), Lock()

    def get(self, key):
        """The pieces kept under a key, or None."""
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
            return self.pages.get(key)

    def put(self, key, pieces):
        """Keep a page, and let the one that was not asked for longest go."""
        with self.lock:
            self.pages[key] = pieces
            if len(self.pages) > self.room:
                self.pages.popitem(last=False)

    def clear(self):
        """Forget every page."""
        with self.lock:
            self.pages.clear()


SHELF = Shelf(1000)  # some 20 MB in each worker


def kept_page(key, template, context):
    """The pieces of a page, from the shelf or rendered now.

    `key` is all that the page is made from, None keeps nothing; `context` is called where the page is not kept.
    """
    pieces = SHELF.get(key) if key else None
    if pieces is None:
        shown = context() | {"holes": HOLES}
        pieces = MARKS.split(with_day(render_to_string(template, shown), shown["dos"]))
        if key:
            SHELF.put(key, pieces)
    return pieces


def with_day(html, dos):
    """The page with the day of service kept in every link to a list or code page that has no question of its own."""
    return CODE_LINKS.sub(rf'href="\1?dos={dos}"', html) if dos else html


def filled(pieces, request, access=None):
    """The response for this visitor; `access` is the meter's answer where it was asked already."""
    user = request.user
    own = {  # a page asks only for what it has holes for
        "account": lambda: account_links(user.get_short_name() if user.is_authenticated else None),
        "messages": lambda: said(request),
        "page_views": lambda: line_of(request, access),
    }
    return HttpResponse("".join(own[piece]() if at % 2 else piece for at, piece in enumerate(pieces)))


@lru_cache(maxsize=200)
def account_links(name):
    """The links to the reader's account by the name it is shown under, or to log in."""
    return render_to_string("components/account_links.html", {"account_name": name})


def said(request):
    """What has just happened, such as a log-in; most often nothing."""
    messages = get_messages(request)
    return render_to_string("components/messages.html", {"messages": messages}) if len(messages) else ""


def line_of(request, access):
    """The line that says what is left."""
    if access is None:
        return render_to_string("codes/_page_views.html", request=request)
    return views_line(access.sentence, access.remaining, access.is_reader)


@lru_cache(maxsize=200)
def views_line(sentence, remaining, is_reader):
    """The same few lines are said to everyone."""
    said = {"sentence": sentence, "remaining": remaining, "is_reader": is_reader}
    return render_to_string("codes/_page_views.html", {"page_views": said})
