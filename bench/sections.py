"""A page with everything loaded beside the same page with only the default data.

`./run manage shell -c "import bench.sections as b; b.main()"` on a database with every file loaded. It makes a second
database on the same Postgres with the default data (about a minute), asks both in turns in one run, and drops it.
`b.main("name")` takes a database that is there already. Pages are asked in this process, as a reader who has opened
them before, and are rendered each time.
"""

import contextlib
import math
import os
import subprocess
import sys
import time
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import PageView
from bench.pages import reader
from codes.models import Code
from codes.views.kept_pages import SHELF

ROUNDS = 5
CODES = 25  # of each code set, by chance; CPT and HCPCS Level II have fewer in the default data
KNOWN = ("/cpt/11042/", "/cpt/99213/", "/hcpcs/J1885/", "/icd-10-cm/E11.9/", "/icd-10-pcs/0SRD0J9/")
CODE_SETS = ("cpt", "hcpcs", "icd-10-cm", "icd-10-pcs")


@contextlib.contextmanager
def database(name):
    """This process on another database of the same Postgres."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextlib.contextmanager
def default_data():
    """The name of a new database with the default data alone."""
    name = f"bench_{uuid4().hex[:8]}"
    quoted = connection.ops.quote_name(name)
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted}")
    try:
        for words in (["migrate", "--no-input"], ["load_default_data"]):
            command = [sys.executable, settings.BASE_DIR / "manage.py", *words]
            subprocess.run(
                command, env=os.environ | {"DATABASE_URL": address}, check=True, capture_output=True
            )
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


@contextlib.contextmanager
def opened_by_a_reader(paths):
    """A browser whose reader has opened these pages; the reader goes again."""
    user, cookie = reader()
    browser = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].replace("*", "localhost"))
    browser.cookies.load(cookie)
    try:
        for path in paths:
            ask(browser, path)
        yield browser
    finally:
        PageView.objects.filter(visitor__user=user).delete()
        user.delete()


def some_codes():
    """Addresses of codes of every code set that can be reported."""
    reportable = Code.objects.filter(kind="code", descriptors__billable=True).select_related("code_set")
    chosen = [reportable.filter(code_set__slug=slug).order_by("?")[:CODES] for slug in CODE_SETS]
    paths = [code.get_absolute_url() for codes in chosen for code in codes]
    return list(dict.fromkeys([*KNOWN, *paths]))


def ask(browser, path):
    """Seconds of one page, rendered anew."""
    SHELF.clear()
    started = time.perf_counter()
    response = browser.get(path)
    seconds = time.perf_counter() - started
    if response.status_code != 200:
        raise SystemExit(f"{path} answers {response.status_code}.")
    return seconds


def round_of(name, paths, taken):
    """Ask every page once in a database; seconds go to `taken` by path."""
    with database(name), opened_by_a_reader(paths) as browser:
        for path in paths:
            taken.setdefault(path, []).append(ask(browser, path))


def queries(paths):
    """How many queries each page takes, already counted and not kept."""
    with opened_by_a_reader(paths) as browser:
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                ask(browser, path)
            yield path, len(asked)


def p95(seconds):
    """The 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[math.ceil(0.95 * len(ordered)) - 1]


def main(default_database=None):
    """Measure and print."""
    with contextlib.nullcontext(default_database) if default_database else default_data() as name:
        with database(name):
            paths = some_codes()
        full, default = {}, {}
        for _ in range(ROUNDS):
            round_of(name, paths, default)
            round_of(connection.settings_dict["NAME"], paths, full)
    report(full, default)
    for path, number in queries(KNOWN):
        print(f"{path:24} {number} queries")


def report(full, default):
    """p95 of both databases and their ratio, by code set and over all."""
    for words in (*CODE_SETS, ""):
        ours = [path for path in full if path.startswith(f"/{words}")]
        both = [p95([each for path in ours for each in taken[path]]) for taken in (full, default)]
        ours_and_theirs = f"p95 {both[0]:6.1f} ms   default data {both[1]:6.1f} ms   {both[0] / both[1]:5.2f}"
        print(f"{words or 'all':12} {len(ours):4} pages   {ours_and_theirs}")
