"""The cast beside tests/conftest.py: a confirmed reader, an operator, and a site of one metered page."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import PageView, User, Visitor
from accounts.quota import period_of


@pytest.fixture(autouse=True)
def tiny_site(settings):
    """One metered page beside the site's own, and no rate of another test."""
    settings.ROOT_URLCONF = "tests.accounts.urls"
    cache.clear()


@pytest.fixture
def with_mail(settings):
    """A site whose mails are sent, so that addresses must be confirmed."""
    settings.MAIL_IS_SENT = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def confirmed(reader):
    """The reader, with the address confirmed."""
    EmailAddress.objects.create(user=reader, email=reader.email, primary=True, verified=True)
    return reader


@pytest.fixture
def operator(db):
    """An account that may do everything in the admin."""
    return User.objects.create_superuser("operator@example.org", "a-long-pass-phrase")


@pytest.fixture
def operator_client(operator):
    """The operator's browser."""
    client = Client()
    client.force_login(operator)
    return client


@pytest.fixture
def link(mailoutbox):
    """The path of the link in the latest mail to an address: `link("reader@example.org")`."""

    def find(address):
        body = next(mail.body for mail in reversed(mailoutbox) if mail.to == [address])
        return re.search(r"http://testserver(/accounts/\S+)", body)[1]

    return find


@pytest.fixture
def opened(reader):
    """Let the reader open so many codes this month: `opened(5)`."""

    def open_codes(number, user=reader):
        visitor, _ = Visitor.objects.get_or_create(user=user)
        period = period_of(timezone.localdate())
        PageView.objects.bulk_create(
            PageView(visitor=visitor, period=period, code_set="icd-10-cm", code=f"A{each:02}")
            for each in range(number)
        )
        return visitor

    return open_codes
