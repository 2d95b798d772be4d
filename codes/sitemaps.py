"""Addresses for search engines: pages, lists and code pages; addresses only, no words."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from codes.models import Code, CodeSet


class Pages(Sitemap):
    """The site's own pages and the code sets."""

    def items(self):
        """Their addresses."""
        names = ("home", "modifiers", "about", "licensing", "privacy", "terms", "releases")
        return [reverse(f"codes:{name}") for name in names] + [
            code_set.get_absolute_url() for code_set in CodeSet.objects.all()
        ]

    def location(self, item):
        """An item is its address."""
        return item


class Codes(Sitemap):
    """Every list and code page, in the publishers' order."""

    limit = 10000

    def items(self):
        """Codes that have a descriptor; a code without one has no page."""
        return (
            Code.objects.filter(descriptors__isnull=False)
            .distinct()
            .select_related("code_set")
            .order_by("pk")
        )


SITEMAPS = {"pages": Pages, "codes": Codes}
PROTOCOL = "https" if settings.HTTPS else "http"
for each in SITEMAPS.values():
    each.protocol = PROTOCOL
