"""Readers, what they have opened, and what they may open."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Readers, the meter and the gate."""

    name = "accounts"
    verbose_name = "Accounts"
