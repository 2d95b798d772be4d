"""What programs ask for: robots.txt and the OpenSearch description."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

CLOSED = ("/admin/", "/account/", "/case2code/suggest/", "/report/")


def robots(request):
    """Crawlers get what a guest gets; the admin, accounts and suggestions are no pages to index."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('codes:sitemap_index')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def opensearch(request):
    """Lets a browser search here from its address bar."""
    context = {"site": settings.SITE_URL}
    return render(
        request,
        "codes/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
