"""The reference: home, code sets, lists and code pages. What is metered or braked is seen here, and only here."""

from django.conf import settings
from django.contrib.sitemaps.views import index, sitemap
from django.urls import path, re_path, register_converter
from django.views.generic import RedirectView

from accounts.gating import metered
from accounts.throttling import throttled
from codes.models.code_sets import KNOWN
from codes.sitemaps import SITEMAPS
from codes.views import code_pages, crawlers, home, lists, modifiers, pages, pairs, releases, reports

WORDS = "|".join(KNOWN)


class KnownCodeSet:
    """The address word of a code set, in capitals too; any other word is no address of ours."""

    regex = f"(?i:{WORDS})"
    to_python = staticmethod(str.lower)
    to_url = staticmethod(str)


register_converter(KnownCodeSet, "known")
app_name = "codes"

CODE_SET = f"^(?P<code_set>{WORDS})"
code_page = metered(code_pages.code_page)

urlpatterns = [
    # first, since it is asked for most
    re_path(CODE_SET + r"/(?P<code>[0-9A-Z.]{4,8})/$", code_page),
    path("", home.home, name="home"),
    path("about/", pages.about, name="about"),
    path("licensing/", pages.licensing, name="licensing"),
    path("privacy/", pages.privacy, name="privacy"),
    path("terms/", pages.terms, name="terms"),
    path("releases/", releases.releases, name="releases"),
    path("releases/feed/", releases.feed, name="releases_feed"),
    path("releases/<int:key>/", releases.release, name="release"),
    path("modifiers/", modifiers.modifier_list, name="modifiers"),
    path("modifiers/<str:code>/", modifiers.modifier, name="modifier"),
    path("modifiers", RedirectView.as_view(pattern_name="codes:modifiers", permanent=True)),
    path("modifiers/<str:code>", RedirectView.as_view(pattern_name="codes:modifier", permanent=True)),
    path("ncci/<str:code>/", pairs.pairs_of, name="ncci_list"),
    path("ncci/<str:one>/<str:two>/", pairs.pair, name="ncci_pair"),
    path("ncci/<str:code>", pairs.pairs_of),
    path("ncci/<str:one>/<str:two>", pairs.pair),
    path("robots.txt", crawlers.robots, name="robots"),
    path("opensearch.xml", crawlers.opensearch, name="opensearch"),
    path(
        "sitemap.xml",
        index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "codes:sitemap"},
        name="sitemap_index",
    ),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("report/<known:code_set>/<str:code>/", throttled("report", "40/h")(reports.report), name="report"),
    # ranges hold a dash, PCS tables have one to three characters: free lists, never metered
    re_path(CODE_SET + r"/(?P<code>[^/]*[-–][^/]*)/?$", lists.range_page),
    re_path(r"^(?P<code_set>icd-10-pcs)/(?P<code>[0-9A-Za-z]{1,3})/?$", lists.range_page),
    path("<known:code_set>/", lists.code_set, name="code_set"),
    path("<known:code_set>/<str:code>/", code_page, name="code"),
    # without the slash at the end: one redirect
    path("<known:code_set>", lists.code_set),
    path("<known:code_set>/<str:code>", code_page),
    re_path(
        "^(?P<page>about|licensing|privacy|terms|releases)$",
        RedirectView.as_view(url="/%(page)s/", query_string=True, permanent=True),
    ),
    # browsers look for it here where a page names no icon, such as the page for our own errors
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/favicon.svg", permanent=True)),
]
