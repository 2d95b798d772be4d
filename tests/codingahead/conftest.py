"""Databases and Postgres clusters of their own, for tests that start, stop or replace them."""

import os
import subprocess
import sys
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from codingahead import backups, devdb

DRAW = """
import django; django.setup()
from django.core.management import call_command
from tests import drawn
call_command("migrate", verbosity=0)
drawn.code(drawn.release("icd-10-cm"), "E11.9", "Drawn for a backup")
"""


@pytest.fixture(scope="session")
def server_url():
    """The address of the server that the tests use, at its database for maintenance."""
    info = connection.get_connection_params()
    account = f"{info.get('user', '')}:{info.get('password', '')}".rstrip(":")
    house, port = info.get("host", ""), info.get("port", 5432)
    return f"postgres://{account}@/postgres?host={quote(house, safe='')}&port={port}"


@pytest.fixture
def empty_database(server_url, worker_id):
    """The address of a database that this test may fill, break and replace."""
    name = f"own_{worker_id}"
    with psycopg.connect(server_url, autocommit=True) as server:
        for left in (name, f"{name}_restoring", f"{name}_before"):
            backups.drop(server, left)
        server.execute(f"CREATE DATABASE {name}")
        yield backups.replaced(server_url, name)
        backups.drop(server, name)


@pytest.fixture(scope="session")
def filled(server_url, worker_id):
    """The name of a database of ours with one code in it."""
    name = f"filled_{worker_id}"
    with psycopg.connect(server_url, autocommit=True) as server, backups.spare(server, name):
        environment = os.environ | {"DATABASE_URL": backups.replaced(server_url, name)}
        subprocess.run([sys.executable, "-c", DRAW], env=environment, cwd=devdb.ROOT, check=True)
        yield name


@pytest.fixture
def site(empty_database, server_url, filled):
    """A copy of that database for one test."""
    name = empty_database.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(server_url, autocommit=True) as server:
        backups.drop(server, name)
        server.execute(f"CREATE DATABASE {name} TEMPLATE {filled}")
    return empty_database


@pytest.fixture
def cluster():
    """A throw-away cluster that is not started yet."""
    this = devdb.make_throw_away(bound=True)
    yield this
    devdb.remove(this)
