"""Postgres on one's own machine, for ./run and the tests: small, careful, standard library only.

`python -m codingahead.devdb start|stop|url|status [--ephemeral]`
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote

from codingahead import pgprograms
from codingahead.pgcluster import NAME, THROW_AWAY, Cluster, check_version, make, write_settings
from codingahead.pgprograms import Problem, account_for, as_account, home_for, make_folder, may_run, run

ROOT = Path(__file__).resolve().parent.parent
WAIT = 60  # seconds: recovery after a power cut may take some


@contextlib.contextmanager
def held(path, how=fcntl.LOCK_EX):
    """Hold a lock that the system lets go when we die."""
    with path.open("a") as lock:
        fcntl.flock(lock, how)
        yield lock


def cluster(folder=None):
    """The checkout's own cluster."""
    home, account = home_for(folder or ROOT / ".local" / "postgres")
    programs = pgprograms.find()
    if not may_run(programs / "postgres", account):
        with held(home / "lock"):
            programs = pgprograms.copy(programs, home)
    return Cluster(home, programs, account)


def is_own(url):
    """Whether that DATABASE_URL is the checkout's own cluster."""
    return url.startswith(f"postgres://{NAME}@/{NAME}?host=") and url == cluster().url


def ready(this):
    """Whether Postgres answers: a process number alone would lie after a kill -9."""
    command = [this.programs / "pg_isready", "-q", "-h", this.socket, "-d", NAME]
    return run(command, this.account).returncode == 0


def process(this):
    """The number of the running server in this very data folder, or None."""
    try:
        pid = int((this.data / "postmaster.pid").read_text().split()[0])
        return pid if Path(f"/proc/{pid}/cwd").resolve(strict=True) == this.data.resolve() else None
    except (OSError, ValueError, IndexError):
        return None


def forget_the_dead(this):
    """Remove what a killed server left: its number may be another program's by now."""
    for left in (this.data / "postmaster.pid", this.socket / ".s.PGSQL.5432.lock"):
        left.unlink(missing_ok=True)


def die_with_parent(number=signal.SIGINT):
    """For `preexec_fn`: a child that gets this signal when the process that started it is gone."""
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, number)


def launch(this):
    """Start the server in a session of its own, its words into the log."""
    make_folder(this.socket, this.account)
    write_settings(this)
    with this.log.open("w") as log:
        return subprocess.Popen(
            [this.programs / "postgres", "-D", this.data],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent() if this.bound else None,  # noqa: PLW1509 no threads here
            **as_account(this.account),
        )


def wait_until_ready(this):
    """Wait for an answer; start again while the children of a killed server are still leaving."""
    server, deadline = None, time.monotonic() + WAIT
    while not ready(this):
        if time.monotonic() > deadline:
            raise Problem(f"Postgres does not answer within {WAIT} s. What it says: {this.log}")
        if server and server.poll() is not None and "still in use" not in this.log.read_text():
            raise Problem(f"Postgres stopped while starting:\n{this.log.read_text()[-2000:].strip()}")
        if not process(this) and (not server or server.poll() is not None):
            forget_the_dead(this)
            server = launch(this)
        time.sleep(0.05)


def start(this):
    """Make it if need be, start it if need be; answers the DATABASE_URL."""
    with held(this.home / "lock"):
        if not this.data.exists():
            make(this)
        check_version(this)
        wait_until_ready(this)
    return this.url


def stop(this):
    """Stop it, politely first; whether it was running."""
    with held(this.home / "lock"):
        pid = process(this)
        for number, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 10)):
            if pid and process(this) == pid:
                os.kill(pid, number)
                wait_for(lambda: process(this) != pid, patience)
    return bool(pid)


def wait_for(condition, patience):
    """Look every few milliseconds, for so many seconds."""
    deadline = time.monotonic() + patience
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)


@contextlib.contextmanager
def in_use(this):
    """Started, and stopped again by whoever is the last to leave."""
    with held(this.home / "users", fcntl.LOCK_SH) as users:
        start(this)
        try:
            yield this.url
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                stop(this)


# A throw-away cluster for tests


def make_throw_away(bound):
    """A cluster in a folder of its own that does not wait for the disk."""
    own = cluster()
    home = Path(tempfile.mkdtemp(prefix=f"{NAME}-", dir="/tmp"))  # the socket needs a short path
    account = account_for(home)
    make_folder(home, account, 0o755)
    return Cluster(home, own.programs, account, THROW_AWAY, bound)


def throw_away_at(url):
    """The throw-away cluster of a DATABASE_URL that `start --ephemeral` printed."""
    home = Path(unquote(url.partition("?host=")[2])).parent
    if home.parent != Path("/tmp") or not home.name.startswith(f"{NAME}-"):  # noqa: S108
        raise Problem("Write the address that start --ephemeral printed: stop --ephemeral ADDRESS.")
    return Cluster(home, pgprograms.find(), account_for(home), THROW_AWAY)


def remove(this):
    """Stop a throw-away cluster and remove its folder."""
    stop(this)
    shutil.rmtree(this.home, ignore_errors=True)


@contextlib.contextmanager
def throw_away():
    """A throw-away cluster while the block runs; it dies with the process that made it."""
    this = make_throw_away(bound=True)
    try:
        yield start(this)
    finally:
        remove(this)


# Command line


def stop_unless_used(this):
    """Stop, but not under a running site (it would start it again)."""
    try:
        with held(this.home / "users", fcntl.LOCK_EX | fcntl.LOCK_NB):
            return "stopped" if stop(this) else "was not running"
    except BlockingIOError:
        raise Problem("A running ./run uses this Postgres: stop that one first (Ctrl-C).") from None


def answer(command, ephemeral, address):
    """What the command line says."""
    if command == "start":
        return start(make_throw_away(bound=False) if ephemeral else cluster())
    if command == "stop" and ephemeral:
        return remove(throw_away_at(address)) or "stopped and removed"
    this = cluster()
    if command == "stop":
        return stop_unless_used(this)
    if command == "status":
        return f"{'running' if this.data.exists() and ready(this) else 'stopped'}, data in {this.data}"
    return this.url


def main(arguments=None):
    """`start`, `stop`, `url` or `status`, each with `--ephemeral` where it makes sense."""
    parser = argparse.ArgumentParser(prog="python -m codingahead.devdb", description=__doc__)
    parser.add_argument("command", choices=["start", "stop", "url", "status"])
    parser.add_argument("--ephemeral", action="store_true", help="a throw-away cluster, faster, not safe")
    parser.add_argument("address", nargs="?", default="", help="which one stop --ephemeral removes")
    wanted = parser.parse_intermixed_args(arguments)
    try:
        print(answer(wanted.command, wanted.ephemeral, wanted.address))
    except (Problem, OSError) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
