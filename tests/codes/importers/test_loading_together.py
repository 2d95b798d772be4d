"""Loads beside readers and beside each other: real threads, real commits."""

from threading import Barrier, Event, Thread

import pytest
from django.db import connection

from codes.models import Code, Descriptor, Release

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(function, *arguments, **options):
    """Run a call in a thread with a connection of its own; returns the thread."""

    def call():
        try:
            function(*arguments, **options)
        finally:
            connection.close()

    thread = Thread(target=call)
    thread.start()
    return thread


def test_two_loads_of_one_file_at_once_load_it_once(load):
    outcomes, ready = [], Barrier(2)

    def one():
        ready.wait()
        outcomes.append(load("2025"))

    for thread in [in_thread(one), in_thread(one)]:
        thread.join()
    assert sorted(outcome.is_new for outcome in outcomes) == [False, True]
    assert Release.objects.count() == 1
    assert Descriptor.objects.count() == 3


def test_readers_see_the_old_edition_until_the_new_one_is_whole(load, monkeypatch):
    load("2024")
    written, looked = Event(), Event()

    def halfway(this):
        written.set()
        assert looked.wait(20)
        finish(this)

    finish = load.loading.Loading.finish
    monkeypatch.setattr(load.loading.Loading, "finish", halfway)
    thread = in_thread(load, "2025")
    assert written.wait(20)
    seen = set(Descriptor.objects.values_list("code__code", "terminated_on")), Release.objects.count()
    looked.set()
    thread.join()
    assert seen == ({("A00", None), ("A01", None), ("A03", None)}, 1)
    assert Code.objects.filter(code="A02").exists()


def test_a_load_that_dies_leaves_nothing_and_the_next_try_works(load, monkeypatch):
    load("2024")

    def die(this):
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(load.loading.Loading, "finish", die)
        with pytest.raises(OSError, match="No space"):
            load("2025")
    assert not Code.objects.filter(code="A02").exists()
    assert Release.objects.count() == 1
    assert load("2025").is_new
