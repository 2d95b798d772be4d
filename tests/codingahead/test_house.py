"""The house's rules that a program can hold: imports, style, templates, the image."""

import subprocess
import sys
from pathlib import Path

import pytest

from codingahead.devdb import ROOT

TOOLS = Path(sys.executable).parent
TEMPLATES = sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))
CHECKS = {
    "imports run one way": ["lint-imports", "--no-cache"],
    "ruff finds nothing": ["ruff", "check", "--no-cache", "."],
    "every file is formatted": ["ruff", "format", "--check", "--no-cache", "."],
    "templates are formatted": ["djade", "--check", "--target-version", "5.2", *TEMPLATES],
    "the Dockerfile is clean": ["hadolint", "Dockerfile"],
}


@pytest.mark.parametrize("rule", CHECKS)
def test_house_rule(rule):
    program, *options = CHECKS[rule]
    done = subprocess.run([TOOLS / program, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_what_is_run_as_a_program_may_be_run():
    for name in ("run", "manage.py", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111, name
