"""Loads beside readers, beside each other, on a full disk and under a Postgres that is killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import User, Visitor
from codes.models import Code, Descriptor, Release
from codes.views.kept_pages import SHELF
from codingahead import devdb
from tests.codes.importers import icd_files
from tests.codes.importers.test_killed import LOAD, MODELS, WAITING, rows
from tests.codes.importers.test_loading_together import in_thread

READERS = 20
PATIENCE = 1.0  # seconds that a reader may wait while a file is loaded
REAL = settings.BASE_DIR.parent / "shared" / "data" / "icd10cm" / "icd10cm-order-2026.zip"
transactional = pytest.mark.django_db(transaction=True)


def order_file(folder, year, **titles):
    """A drawn order file of a fiscal year, on disk."""
    path = folder / f"icd10cm_order_{year}.txt"
    path.write_bytes(icd_files.diagnoses(**titles))
    return path


def load(path):
    """The command, in silence."""
    call_command("import_release", "icd10cm-order", path, stdout=StringIO(), stderr=StringIO())


@pytest.fixture
def drawn_years(tmp_path, monkeypatch):
    """Two editions that word every code otherwise."""
    icd_files.let_few_pass(monkeypatch)
    codes = [f"{letter}000" for letter in icd_files.LETTERS]
    return [order_file(tmp_path, year, **dict.fromkeys(codes, f"Words of {year}")) for year in (2025, 2026)]


# Two loads of one source at once


@transactional
def test_two_editions_loaded_at_once_stand_as_if_one_came_after_the_other(drawn_years):
    for thread in [in_thread(load, path) for path in drawn_years]:
        thread.join()
    windows = (
        Descriptor.objects.filter(code__code="A000")
        .order_by("effective_on")
        .values_list("long", "effective_on")
    )
    assert [(words, str(day)) for words, day in windows] == [
        ("Words of 2025", "2024-10-01"),
        ("Words of 2026", "2025-10-01"),
    ]
    assert Release.objects.filter(state="current").count() == 2


@transactional
def test_one_file_loaded_twice_at_once_by_the_command_is_loaded_once(drawn_years):
    for thread in [in_thread(load, drawn_years[0]) for _ in range(2)]:
        thread.join()
    assert Release.objects.count() == 1
    assert Descriptor.objects.filter(code__code="A000").count() == 1


# A load while readers browse


def browse(address, begun, enough, seen, problems):
    """Ask for a page again and again, as a reader does; what it says and how long it took go to `seen`."""
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.get())
    begun.set()
    try:
        while not enough.is_set():
            SHELF.clear()  # so that every page is made anew
            started = time.monotonic()
            response = browser.get(address)
            seen.append((time.monotonic() - started, response.status_code, response.content.decode()))
            time.sleep(0.4)
    except Exception as problem:
        problems.append(problem)
    finally:
        connection.close()


@contextlib.contextmanager
def readers(address):
    """Twenty readers on a page while the block runs; gives the list of (seconds, status, page)."""
    Visitor.objects.create(user=User.objects.create_user("r@example.org", "not used"), is_unlimited=True)
    seen, problems, enough = [], [], Event()
    begun = [Event() for _ in range(READERS)]
    threads = [Thread(target=browse, args=(address, each, enough, seen, problems)) for each in begun]
    for thread in threads:
        thread.start()
    for each in begun:
        assert each.wait(20)
    time.sleep(0.5)
    try:
        yield seen
        time.sleep(0.6)
    finally:
        enough.set()
        for thread in threads:
            thread.join()
    assert not problems


def official(page):
    """The words of a page's heading and official description; history may name both editions."""
    heading = page[page.index("<h1") : page.index("</h1>")]
    start = page.index('id="official-description"')
    return heading + page[start : page.index("</section>", start)]


def are_of_one_edition(seen, old, new):
    """Whether each page says the words of one edition, never of both or none."""
    return all((old in official(page)) != (new in official(page)) for _, _, page in seen)


@transactional
def test_twenty_readers_wait_under_a_second_and_see_one_edition_while_the_next_is_loaded(drawn_years):
    load(drawn_years[0])
    with readers("/icd-10-cm/A00.0/") as seen:
        load(drawn_years[1])
    assert {status for _, status, _ in seen} == {200}
    assert max(seconds for seconds, _, _ in seen) < PATIENCE
    assert are_of_one_edition(seen, "Words of 2025", "Words of 2026")
    assert "Words of 2026" in official(seen[-1][2])


@pytest.mark.full
@transactional
def test_twenty_readers_wait_under_a_second_while_a_whole_edition_is_loaded(drawn_years):
    if not REAL.exists():
        pytest.skip("the real files of ../shared are not here")
    load(drawn_years[0])
    with readers("/icd-10-cm/A00.0/") as seen:
        process = start(REAL, own_url())
        assert process.wait(120) == 0
    assert {status for _, status, _ in seen} == {200}
    assert max(seconds for seconds, _, _ in seen) < PATIENCE
    assert are_of_one_edition(seen, "Words of 2025", "Vibrio cholerae 01")
    assert "Vibrio cholerae 01" in official(seen[-1][2])
    assert Code.objects.filter(kind="code").count() > 98_000


def start(path, url):
    """A load in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, path],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "codingahead.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def own_url():
    """The address of the test's database."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


# A full disk


def above_all(statement):
    """A statement as the superuser of the tests' own Postgres; skips where there is none."""
    try:
        with psycopg.connect(host=socket(), user="postgres", dbname="postgres", autocommit=True) as own:
            own.execute(statement)
    except psycopg.OperationalError:
        pytest.skip("only on the tests' own Postgres")


def socket():
    """The folder of the socket."""
    connection.ensure_connection()
    return connection.connection.info.host


@pytest.fixture
def small_disk():
    """A tablespace on a disk of two megabytes; a function that makes the disk larger."""
    folder = Path(socket()).parent / "small"
    if os.geteuid() != 0 or not folder.parent.is_dir():
        pytest.skip("only root can mount a small disk beside Postgres")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("this machine does not let a small disk be mounted")
    try:
        owner = (folder.parent / "data").stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
        above_all(f"CREATE TABLESPACE small OWNER CURRENT_USER LOCATION '{folder}'")
        above_all("GRANT CREATE ON TABLESPACE small TO PUBLIC")
        yield lambda: subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)
        move("codes_descriptor", "pg_default")
        above_all("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def move(table, tablespace):
    """A table to another disk."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} SET TABLESPACE {tablespace}")


def test_a_full_disk_in_the_middle_leaves_the_site_as_it_was_and_the_next_try_works(
    transactional_db, tmp_path, drawn_years, small_disk
):
    load(drawn_years[0])
    move("codes_descriptor", "small")
    before, larger = rows(), tmp_path / "icd10cm_order_2027.txt"
    codes = [f"{letter}{number:03}" for letter in icd_files.LETTERS for number in range(400)]
    larger.write_bytes(icd_files.order([(code, 1, "Long words", "Long words " * 20) for code in codes]))
    with pytest.raises(CommandError, match="No space left on device"):
        load(larger)
    assert rows() == before
    small_disk()
    load(larger)
    assert Release.objects.filter(state="current").count() == 2
    assert Descriptor.objects.filter(release__edition="FY2027").count() == len(codes)


# Postgres killed


@pytest.fixture
def cluster():
    """A Postgres of one's own, with the site's tables."""
    this = devdb.make_throw_away(bound=True)
    try:
        devdb.start(this)
        manage(this, "migrate", "--no-input")
        yield this
    finally:
        devdb.remove(this)


def manage(this, *words):
    """A command of the site on that Postgres."""
    command = [sys.executable, settings.BASE_DIR / "manage.py", *words]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": this.url}, check=True, capture_output=True)


def asked(this, statement):
    """The rows that a statement gives on that Postgres."""
    with psycopg.connect(this.url) as own:
        return own.execute(statement).fetchall()


def everything(this):
    """Every row of the tables that a load writes."""
    tables = [model._meta.db_table for model in MODELS]
    return {table: sorted(asked(this, f"SELECT t::text FROM {table} AS t")) for table in tables}  # noqa: S608


@pytest.mark.full
def test_a_postgres_killed_in_the_middle_comes_back_as_it_was_and_the_next_try_works(drawn_years, cluster):
    assert start(drawn_years[0], cluster.url).wait(60) == 0
    before = everything(cluster)
    holding = psycopg.connect(cluster.url)
    holding.execute("LOCK TABLE codes_term IN EXCLUSIVE MODE")
    process = start(drawn_years[1], cluster.url)
    devdb.wait_for(lambda: asked(cluster, WAITING) == [(1,)], 60)
    os.kill(devdb.process(cluster), signal.SIGKILL)
    assert process.wait(60) != 0
    holding.close()
    devdb.start(cluster)
    assert everything(cluster) == before
    assert start(drawn_years[1], cluster.url).wait(60) == 0
    assert asked(cluster, "SELECT count(*) FROM codes_release WHERE state = 'current'") == [(2,)]
