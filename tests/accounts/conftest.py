"""The cast: a guest, and a reader with six views a month."""

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
    """One metered page, the contract's numbers, and mail that is kept."""
    settings.ROOT_URLCONF = "tests.accounts.urls"
    settings.GUEST_CODE_PAGE_VIEWS = 1
    settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS = 5
    settings.CODE_PAGE_VIEW_PERIOD = "month"
    settings.GUEST_VIEWS_PER_NETWORK_PER_DAY = 200
    settings.MAIL_IS_SENT = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()  # the rates of the test before


@pytest.fixture
def with_mail(settings):
    """A site whose mails are sent, so that addresses must be confirmed."""
    settings.MAIL_IS_SENT = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def guest():
    """A browser without an account."""
    return Client()


@pytest.fixture
def reader(db):
    """An account that has opened nothing."""
    return User.objects.create_user("reader@example.org", "a-long-pass-phrase")


@pytest.fixture
def reader_client(reader):
    """The reader's browser."""
    client = Client()
    client.force_login(reader)
    return client


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
