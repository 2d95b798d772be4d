"""The reader's own page; log-in and the like are allauth's, under /accounts/."""

from django.urls import path

from accounts import views
from accounts.throttling import throttled

app_name = "accounts"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/export/", throttled("export", "20/h")(views.export), name="export"),
    path("account/delete/", throttled("delete", "20/h")(views.delete), name="delete"),
    path("account/ask/", views.ask, name="ask"),
]
