"""What is loaded, what each release changed, and a feed of it."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from codes.models import Release, ReleaseChange
from codes.presenters.release_changes import change_page, feed_entries
from codes.presenters.releases import release_groups
from codes.views import asked


def releases(request):
    """Every loaded edition, with how much it changed."""
    return render(request, "codes/releases.html", {"groups": release_groups(timezone.localdate())})


def release(request, key):
    """What one release changed, line by line."""
    found = get_object_or_404(Release.objects.current().select_related("code_set"), pk=key)
    change = request.GET.get("change", "")
    if change and change not in ReleaseChange.Change.values:
        raise BadRequest(f"The kind of change must be one of {', '.join(ReleaseChange.Change.values)}.")
    page = change_page(
        found, what_of(request), change, asked.page_number(request), request.user.is_authenticated
    )
    return render(request, "codes/release_changes.html", page)


def what_of(request):
    """`?what=`: what kind of thing to show; a sentence and 400 where it is no text of ours."""
    what = request.GET.get("what", "")
    if len(what) > 40 or not what.isprintable():
        raise BadRequest("The kind of thing to show is not one of those that the page names.")
    return what


def feed(_request):
    """The releases last loaded, as Atom."""
    made = Atom1Feed(
        title="Coding Ahead: editions loaded",
        link=f"{settings.SITE_URL}{reverse('codes:releases')}",
        description="What each loaded release added, changed and ended.",
        feed_url=f"{settings.SITE_URL}{reverse('codes:releases_feed')}",
        author_name="Coding Ahead",
    )
    for entry in feed_entries():
        made.add_item(**entry)
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
