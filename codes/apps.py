"""The code sets, their releases, pages and sections."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    """Code sets and everything published about a code."""

    name = "codes"
    verbose_name = "Codes"
