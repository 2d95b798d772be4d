"""Case2Code: search and code lookup."""

from django.apps import AppConfig


class Case2CodeConfig(AppConfig):
    """Search and code lookup."""

    name = "case2code"
    verbose_name = "Case2Code"
