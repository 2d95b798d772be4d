"""Many requests at once: real threads on a real Postgres."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import quota
from accounts.gating import COOKIE, signer
from accounts.models import PageView, User, Visitor
from accounts.quota import Page, Who

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number, work):
    """The answers of `work(0)` … `work(number - 1)`, all begun at the same moment."""
    barrier = Barrier(number)

    def run(each):
        barrier.wait()
        try:
            return work(each)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def copy_of(client):
    other = Client()
    other.cookies = client.cookies
    return other


def is_opened(response):
    return response.content.endswith(b"words")


def test_fifty_requests_with_one_view_left_grant_exactly_one(reader_client, opened):
    opened(5)
    granted = at_once(50, lambda each: is_opened(copy_of(reader_client).get(f"/codes/B{each:02}/")))
    assert (sum(granted), PageView.objects.count()) == (1, 6)


def test_a_double_click_on_one_code_is_granted_and_counted_once(reader_client, opened):
    opened(5)
    granted = at_once(12, lambda each: is_opened(copy_of(reader_client).get("/codes/B01/")))
    assert (sum(granted), PageView.objects.count()) == (12, 6)


def test_fifty_first_requests_of_a_reader_without_a_row_grant_six(reader_client):
    granted = at_once(50, lambda each: is_opened(copy_of(reader_client).get(f"/codes/B{each:02}/")))
    assert (sum(granted), Visitor.objects.count()) == (6, 1)


def test_requests_of_a_guest_during_the_merge_never_give_more_than_the_account_has(reader, opened):
    for _ in range(10):
        PageView.objects.all().delete()
        Visitor.objects.all().delete()
        opened(5)
        guest = Visitor.objects.create()

        def work(each, guest=guest):
            if each == 0:
                quota.merge(guest.pk, reader.pk)
            client = Client()
            client.cookies[COOKIE] = signer.sign(str(guest.pk))
            client.get(f"/codes/B{each:02}/")

        at_once(8, work)
        assert PageView.objects.filter(visitor__user=reader).count() <= 6
        assert not PageView.objects.filter(visitor=guest).exists()


def test_the_ceiling_of_a_network_holds_under_parallel_guests(settings):
    settings.GUEST_VIEWS_PER_NETWORK_PER_DAY = 3
    granted = at_once(20, lambda each: is_opened(Client().get(f"/codes/B{each:02}/")))
    assert sum(granted) == 3


def test_two_log_ins_of_one_guest_merge_once(reader):
    guest = Visitor.objects.create()
    quota.take(Who(visitor_id=guest.pk), Page(timezone.localdate(), "icd-10-cm", "A01"))
    at_once(6, lambda each: quota.merge(guest.pk, reader.pk))
    assert PageView.objects.get().visitor.user == reader


@pytest.mark.parametrize("has_opened", [0, 1])
def test_a_page_opened_while_the_account_is_deleted_never_fails(opened, has_opened):
    for each in range(8):
        reader = User.objects.create_user(f"reader{each}@example.org")
        if has_opened:
            opened(has_opened, reader)
        client = Client()
        client.force_login(reader)

        def work(number, reader=reader, client=client):
            return reader.close() if number == 3 else copy_of(client).get(f"/codes/B{number:02}/").status_code

        assert set(at_once(6, work)) == {200, None}
        assert not Visitor.objects.filter(user__isnull=False).exists()


def test_a_reader_whose_account_is_gone_is_a_guest_at_the_wall(reader, monkeypatch):
    client = Client()
    client.force_login(reader)
    open_page = quota.open_page

    def too_late(who, page):
        reader.close()
        return open_page(who, page)

    monkeypatch.setattr("accounts.gating.quota.open_page", too_late)
    response = client.get("/codes/B01/")
    assert response.content.startswith(b"0 code page views remaining. Guest accounts")
    assert response.content.endswith(b"wall")
