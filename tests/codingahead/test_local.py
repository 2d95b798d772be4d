"""./run: its words, its defaults, and a site that starts, survives and stops."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from codingahead import devdb, local, serving
from codingahead.pgprograms import Problem


@pytest.fixture
def free_port():
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(url, port, **settings):
    """Start ./run's part after the installation; what it prints is read from its stdout."""
    own = {"DATABASE_URL": url, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    kept = {name: value for name, value in os.environ.items() if name in ("HOME", "PATH")}
    return subprocess.Popen(
        [sys.executable, "-m", "codingahead.local"],
        cwd=devdb.ROOT,
        env=kept | own | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until(condition, patience=30):
    """Whether it came true in time; what was true once is not asked again."""
    deadline = time.monotonic() + patience
    while not (came := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return came


def children(pid):
    """The numbers of the processes that a process started, by what /proc says."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(number) for number in listed.split()]


def command_line(pid):
    """What a process was started with; empty once it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def server_of(site):
    """The number of gunicorn's first process."""
    return next(pid for pid in children(site.pid) if "gunicorn" in command_line(pid))


@pytest.fixture
def running(site, free_port):
    """A running site with its port."""
    started = start(site, free_port, RATE_LIMITS="off")
    started.port = free_port
    assert wait_until(lambda: started.poll() is not None or serving.is_ours(free_port), 60)
    yield started
    if started.poll() is None:
        started.terminate()
        started.communicate(timeout=30)
    started.stdout.close()  # a killed one may have left its loader, which holds the other end


def test_a_site_starts_survives_the_loss_of_its_server_and_stops(running):
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/accounts/login/") as page:
        assert page.status == 200
    first = server_of(running)
    workers = children(first)
    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: not any(map(command_line, [first, *workers])))
    assert wait_until(lambda: serving.is_ours(running.port))
    running.terminate()
    said, _ = running.communicate(timeout=30)
    assert f"Coding Ahead runs at http://127.0.0.1:{running.port}" in said
    assert "./run manage createsuperuser" in said
    assert "kept in" in said
    assert "WARNING: RATE_LIMITS=off" in said
    assert not serving.is_ours(running.port)


def test_a_killed_runner_takes_its_server_along_and_a_second_start_is_told_of_a_running_site(running):
    with pytest.raises(Problem, match="Coding Ahead already runs at"), serving.listening(running.port):
        pass
    server = server_of(running)
    running.kill()
    running.wait()
    assert wait_until(lambda: not command_line(server))


def test_a_foreign_program_on_the_port_is_named(free_port, monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 0)
    refused = pytest.raises(Problem, match=rf"another program.* PORT={free_port + 1} \./run")
    with socket.create_server(("127.0.0.1", free_port)), refused, serving.listening(free_port):
        pass


def test_a_database_that_does_not_answer_ends_in_a_sentence(free_port):
    done = start("postgres://nobody@127.0.0.1:9/none", free_port)
    said, _ = done.communicate(timeout=30)
    assert "The database does not answer" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "８０"])
def test_a_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Problem, match="write a number from 1 to 65535"):
        local.wanted_port()


def test_the_secret_is_made_once_and_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(local, "LOCAL", tmp_path)
    assert local.own_secret() == local.own_secret()
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_wrong_words_show_the_right_ones(capsys):
    assert local.main(["bakup"]) == 2
    assert "./run backup FILE" in capsys.readouterr().err


def test_backup_wants_one_file(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db/codes")
    assert local.main(["backup"]) == 2


def test_the_tests_do_not_see_a_persons_own_settings(monkeypatch):
    seen = {}
    monkeypatch.setenv("DATABASE_URL", "postgres://db/codes")
    monkeypatch.setenv("GUEST_CODE_PAGE_VIEWS", "7")
    monkeypatch.setattr(
        local.subprocess,
        "run",
        lambda command, **options: seen.update(options, command=command) or subprocess,
    )
    monkeypatch.setattr(local.subprocess, "returncode", 0, raising=False)
    assert local.test(["--full", "tests/codes"]) == 0
    assert "GUEST_CODE_PAGE_VIEWS" not in seen["env"]
    assert seen["command"][-3:] == ["-m", "", "tests/codes"]


def test_static_files_are_collected_again_only_after_a_change(settings, monkeypatch, tmp_path):
    collected = []
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    monkeypatch.setattr("django.core.management.call_command", lambda name, **options: collected.append(name))
    serving.collect_static()
    serving.collect_static()
    monkeypatch.setattr(serving, "fingerprint", lambda: "changed")
    serving.collect_static()
    assert collected == ["collectstatic"] * 2


@pytest.mark.django_db
def test_a_database_with_tables_is_not_fresh(monkeypatch):
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    assert not serving.is_fresh()


def test_a_server_that_keeps_ending_ends_in_a_sentence(monkeypatch):
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("DATABASE_URL", "postgres://db/codes")
    site = serving.Site(None)
    site.starts = [time.monotonic()] * serving.OFTEN
    with pytest.raises(Problem, match="The server keeps ending"):
        site.server_ended()
