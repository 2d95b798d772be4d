"""A tiny site with one metered page, as codes has it."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.template import RequestContext, Template
from django.urls import include, path

from accounts.gating import metered
from accounts.throttling import throttled


def code_page(request, code, meter):
    """A code page in small: headers are free, E999 is unknown, lower case is sent on."""
    if code == "E999":
        raise Http404
    if code != code.upper():
        return HttpResponsePermanentRedirect(f"/codes/{code.upper()}/")
    access = meter.free() if code == "E11" else meter.open("icd-10-cm", code)
    return HttpResponse(f"{access.sentence} {'words' if access.is_opened else 'wall'}")


def plain(request):
    """A page that is not metered and says what is left."""
    words = "{{ page_views.sentence }}" if "counter" in request.GET else "nothing"
    return HttpResponse(Template(words).render(RequestContext(request)))


urlpatterns = [
    path("codes/<code>/", metered(code_page)),
    path("plain/", plain),
    path("throttled/", throttled("trial", "3/m")(lambda request: HttpResponse("seen"))),
    path("", include("codingahead.urls")),
]
