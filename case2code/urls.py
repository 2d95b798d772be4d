"""Case2Code: search and code lookup."""

from django.urls import path

from accounts.throttling import throttled
from case2code import views

app_name = "case2code"

urlpatterns = [
    path("", throttled("search", "60/m")(views.search), name="search"),
    path("suggest/", throttled("suggest", "300/m")(views.suggest), name="suggest"),
]
