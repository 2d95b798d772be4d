"""Brakes on what is cheap to ask and dear to answer."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def calls(client, number, **more):
    return [client.get("/throttled/", **more).status_code for _ in range(number)]


def test_the_fourth_call_in_a_minute_is_refused(guest):
    assert calls(guest, 4) == [200, 200, 200, 429]


def test_a_refusal_says_when_to_come_back(guest):
    calls(guest, 3)
    response = guest.get("/throttled/")
    assert response["Retry-After"] == "60"
    assert response.content.decode().endswith("Please try again in a minute.")


def test_a_browser_gets_a_page(guest):
    calls(guest, 3)
    response = guest.get("/throttled/", headers={"accept": "text/html,*/*"})
    assert response.status_code == 429
    assert "<h1>Too many requests</h1>" in response.content.decode()


def test_guests_of_one_network_share_the_brake(guest):
    calls(guest, 2, REMOTE_ADDR="192.0.2.1")
    assert calls(Client(), 2, REMOTE_ADDR="192.0.2.99") == [200, 429]


def test_another_network_has_its_own(guest):
    calls(guest, 3, REMOTE_ADDR="192.0.2.1")
    assert calls(Client(), 1, REMOTE_ADDR="198.51.100.1") == [200]


def test_a_reader_has_ones_own(guest, reader_client):
    calls(guest, 3)
    assert calls(reader_client, 1) == [200]


def test_rate_limits_off_lifts_it(guest, settings):
    settings.RATE_LIMITS = False
    assert calls(guest, 5) == [200] * 5


def test_the_counter_lies_where_all_workers_see_it():
    from codingahead import env

    backend = env.cache("NO_CACHE_URL_IS_SET")["BACKEND"]
    assert backend == "django.core.cache.backends.db.DatabaseCache"
