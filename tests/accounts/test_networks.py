"""Where a request comes from."""

from datetime import date

import pytest
from django.test import RequestFactory

from accounts.networks import address_of, hidden_network, network_of

DAY = date(2026, 11, 24)


def request_from(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix", "unix"),
        ("", ""),
    ],
)
def test_an_address_lies_in_its_network(address, network):
    assert network_of(address) == network


def test_a_forwarded_address_is_not_believed_without_a_trusted_proxy():
    assert address_of(request_from("192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.9")) == "192.0.2.1"


def test_the_address_that_our_outermost_proxy_saw_is_believed(settings):
    settings.TRUSTED_PROXIES = 1
    request = request_from("10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.66, 203.0.113.9")
    assert address_of(request) == "203.0.113.9"


def test_too_few_hops_are_not_believed(settings):
    settings.TRUSTED_PROXIES = 2
    assert address_of(request_from("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9")) == "10.0.0.1"


def test_the_hidden_network_holds_nothing_of_the_address():
    hidden = hidden_network(request_from("192.0.2.77"), DAY)
    assert len(hidden) == 32
    assert "192.0" not in hidden


def test_neighbours_share_the_hidden_network():
    assert hidden_network(request_from("192.0.2.1"), DAY) == hidden_network(request_from("192.0.2.9"), DAY)


def test_the_hidden_network_changes_every_day():
    request = request_from("192.0.2.1")
    assert hidden_network(request, DAY) != hidden_network(request, date(2026, 11, 25))


def test_the_hidden_network_changes_with_the_secret_key(settings):
    request = request_from("192.0.2.1")
    before = hidden_network(request, DAY)
    settings.SECRET_KEY = "another"
    assert hidden_network(request, DAY) != before
