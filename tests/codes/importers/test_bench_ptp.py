"""The bench of NCCI's pairs prints its ratio and leaves the site as it was."""

import pytest
from django.core.management import call_command

from codes.models import PtpEdit
from tests.codes.importers import ncci


@pytest.mark.django_db(transaction=True)
def test_the_bench_prints_a_ratio_and_leaves_no_row(tmp_path, capsys):
    path = tmp_path / "ccipra-2024q3.txt"
    path.write_text(ncci.ptp_text())
    call_command("bench_ptp", str(path))
    said = capsys.readouterr().out
    assert said.startswith("10 rows: load") and "ratio of rates" in said
    assert not PtpEdit.objects.exists()
