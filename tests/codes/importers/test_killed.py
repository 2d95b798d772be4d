"""A load that is killed in the middle: the site stands as before, and the next try works."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from codes.models import Code, Descriptor, Release, ReleaseChange, Term
from tests.codes.importers import icd_files

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = (Release, Code, Descriptor, Term, ReleaseChange)
LOAD = """
import sys, django
django.setup()
from django.core.management import call_command
from codes.importers import icd10cm_order
icd10cm_order.LEAST = 1
call_command("import_release", "icd10cm-order", sys.argv[1])
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'codes_term'::regclass"


def start(path):
    """The load in a process of its own."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": address.geturl(),
        "DJANGO_SETTINGS_MODULE": "codingahead.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, path],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until_it_stands_still(process):
    """Wait until the load waits for the lock that the test holds: codes and titles are written by then."""
    for _ in range(300):
        assert process.poll() is None
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    raise AssertionError("the load never came to the search's words")


def rows():
    """Every row of the tables that a load writes."""
    return {model: sorted(model.objects.values_list("pk", flat=True)) for model in MODELS}


def test_kill_9_in_the_middle_leaves_the_site_as_it_was(tmp_path, monkeypatch):
    icd_files.let_few_pass(monkeypatch)
    older, newer = tmp_path / "icd10cm_order_2025.txt", tmp_path / "icd10cm_order_2026.txt"
    older.write_bytes(icd_files.diagnoses(A000="Old words"))
    newer.write_bytes(icd_files.diagnoses(B000="New words"))
    call_command("import_release", "icd10cm-order", older, stdout=StringIO(), stderr=StringIO())
    before = rows()
    with transaction.atomic():
        connection.cursor().execute("LOCK TABLE codes_term IN EXCLUSIVE MODE")
        process = start(newer)
        wait_until_it_stands_still(process)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert rows() == before
    call_command("import_release", "icd10cm-order", newer, stdout=StringIO(), stderr=StringIO())
    assert Release.objects.filter(state="current").count() == 2
    assert ReleaseChange.objects.filter(change="changed").count() == 2
    connections.close_all()
