"""The cast: a guest, and a reader with six views a month."""

import pytest
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
