"""The bench of the load: it leaves the site's own rows alone."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from codes.importers import icd10cm, packages
from codes.models import Code

FILES = Path(__file__).parents[2] / "files"


@pytest.mark.django_db(transaction=True)
def test_the_bench_prints_a_ratio_and_leaves_nothing(monkeypatch):
    drawn = (FILES / "icd10cm_tabular.xml", FILES / "icd10cm_codes.txt")
    monkeypatch.setattr(packages, "icd10cm", lambda: drawn)
    monkeypatch.setattr(icd10cm, "EXPECTED_CODES", (1, 100))
    monkeypatch.setattr(icd10cm, "EXPECTED_BILLABLE", (1, 100))
    out = StringIO()
    call_command("bench_load", rounds=1, stdout=out)
    assert "ratio of rates: " in out.getvalue()
    assert not Code.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('bench_load')")
        assert cursor.fetchone() == (None,)
