"""Databases and Postgres clusters of their own, for tests that start, stop or replace them."""

from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from codingahead import backups, devdb


@pytest.fixture(scope="session")
def server_url(django_db_setup, django_db_blocker):
    """The address of the server that the tests use, at its database for maintenance."""
    with django_db_blocker.unblock():
        info = connection.get_connection_params()
    account = f"{info.get('user', '')}:{info.get('password', '')}".rstrip(":")
    house, port = info.get("host", ""), info.get("port", 5432)
    return f"postgres://{account}@/postgres?host={quote(house, safe='')}&port={port}"


@pytest.fixture
def empty_database(server_url, request, worker_id):
    """The address of a database that this test may fill, break and replace."""
    name = f"own_{worker_id}"
    with psycopg.connect(server_url, autocommit=True) as server:
        for left in (name, f"{name}_restoring", f"{name}_before"):
            backups.drop(server, left)
        server.execute(f"CREATE DATABASE {name}")
        yield backups.replaced(server_url, name)
        backups.drop(server, name)


@pytest.fixture
def cluster():
    """A throw-away cluster that is not started yet."""
    this = devdb.make_throw_away(bound=True)
    yield this
    devdb.remove(this)
