"""The reader's own page; log-in and the like are allauth's, under /accounts/."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts import views
from accounts.throttling import throttled

app_name = "accounts"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/export/", throttled("export", "20/h")(views.export), name="export"),
    path("account/delete/", throttled("delete", "20/h")(views.delete), name="delete"),
    path("account/ask/", views.ask, name="ask"),
    # without the slash at the end: one redirect
    re_path(
        r"^(?P<path>account(?:/\w+)?|accounts(?:/[\w/-]+)?|admin)(?<!/)$",
        RedirectView.as_view(url="/%(path)s/", query_string=True, permanent=True),
    ),
]
