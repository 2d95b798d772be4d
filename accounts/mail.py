"""Mails of our own about an account; allauth's stand in templates/account/email/."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string


def account_deleted(address):
    """Tell the address that its account is gone, so that nobody deletes it unnoticed."""
    text = render_to_string("accounts/mail/deleted.txt", {"site": settings.SITE_URL})
    send_mail("Your account is deleted", text, None, [address], fail_silently=True)
