"""The site's addresses and a bare view to measure against."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("bare/", lambda request: HttpResponse("bare")),
    path("", include("codingahead.urls")),
]
