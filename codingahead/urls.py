"""Every address of the site, by app."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from codingahead import health

handler400 = "codes.views.errors.bad_request"

urlpatterns = [
    path("", include("codes.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("case2code/", include("case2code.urls")),
    path("case2code", RedirectView.as_view(url="/case2code/", query_string=True, permanent=True)),
]
