"""Who is logged in."""

from allauth.account.auth_backends import AuthenticationBackend


class ReaderBackend(AuthenticationBackend):
    """Log-in by e-mail address."""
