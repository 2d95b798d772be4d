"""Every address of the site, by app."""

from django.urls import path

urlpatterns = []
