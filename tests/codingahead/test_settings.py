"""Production starts with its three settings and not without them."""

import os
import subprocess
import sys

import pytest

from codingahead.devdb import ROOT

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "a key of fifty letters and more, with 5 kinds: %&/()=?!",
    "ALLOWED_HOSTS": "codes.example",
    "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
    "SITE_URL": "https://codes.example",
}


def manage(command, **changes):
    """Run a command as production would; settings changed to None are missing."""
    settings = {name: value for name, value in (PRODUCTION | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *command.split()],
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_refuses_to_start_without(name):
    done = manage("check", **{name: None})
    assert done.returncode
    assert f"{name} is not set" in done.stderr


def test_djangos_check_of_a_deployment_finds_nothing():
    done = manage("check --deploy --fail-level WARNING")
    assert done.returncode == 0, done.stderr


def test_no_migration_is_missing():
    done = manage("makemigrations --check --dry-run")
    assert done.returncode == 0, done.stdout + done.stderr


def test_cookies_are_secure_where_the_site_is_https():
    done = manage("diffsettings")
    assert "SESSION_COOKIE_SECURE = True" in done.stdout
    assert "CSRF_COOKIE_SECURE = True" in done.stdout
