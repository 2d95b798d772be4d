"""/healthz and /readyz: what a probe is told."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client

from codes.models import CodeSet
from codingahead import health
from tests import drawn


@pytest.fixture
def probe():
    """A machine that knows the site's address and not its name."""
    return Client(headers={"host": "10.1.2.3"}).get


@pytest.fixture
def everything_loaded(db):
    """A release of every code set and every mapping."""
    for slug in health.CODE_SETS:
        drawn.release(slug)
    for source in health.MAPPINGS:
        drawn.release("icd-10-cm", source=source, edition=source)


def test_healthz_answers_on_any_host_name(probe):
    assert probe("/healthz").content == b"ok\n"


def test_healthz_asks_no_database(probe, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        probe("/healthz")


def test_health_is_asked_and_never_posted():
    assert Client().post("/healthz").status_code == 405


def test_ready_when_everything_is_loaded(probe, everything_loaded):
    assert (probe("/readyz").status_code, probe("/readyz").content) == (200, b"ready\n")


def test_not_ready_while_a_code_set_is_missing(probe, everything_loaded):
    CodeSet.objects.filter(slug="icd-10-pcs").delete()
    answer = probe("/readyz")
    assert answer.status_code == 503
    assert b"data: icd-10-pcs not loaded yet" in answer.content


def test_not_ready_while_a_migration_is_to_apply(probe, everything_loaded):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'codes' AND name LIKE '0001%'")
    answer = probe("/readyz")
    assert answer.status_code == 503
    assert b"migrations: 1 to apply" in answer.content


def test_not_ready_while_the_database_does_not_answer(probe, db):
    with patch.object(health, "unapplied_migrations", side_effect=OperationalError("secret details")):
        answer = probe("/readyz")
    assert answer.status_code == 503
    assert answer.content == b"database: it does not answer.\n"


def test_the_answer_of_a_probe_is_never_kept(probe):
    assert "no-store" in probe("/healthz")["Cache-Control"]


def test_a_site_that_is_not_ready_is_no_fault_in_the_log(probe, db, capfd):
    probe("/readyz")
    assert "Service Unavailable" not in capfd.readouterr().err
