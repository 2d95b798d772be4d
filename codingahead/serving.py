"""The site on one's own machine: prepared, started, looked after, stopped. For `./run` only."""

import contextlib
import errno
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from codingahead import devdb
from codingahead.devdb import ROOT
from codingahead.pgprograms import Problem

LOCAL = ROOT / ".local"
PATIENCE = 3  # seconds for what a killed ./run left on the port to go away
TICK = 0.5  # seconds between two looks at the processes
OFTEN = 4  # starts of the server within a minute that are too many
LOADS = 2  # a load that a crash of Postgres broke off is tried once more
HOUSE = "127.0.0.1"


# The port


@contextlib.contextmanager
def listening(port):
    """The listening socket, taken before all else: of two starts at once one gets it, one a sentence."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        deadline = time.monotonic() + PATIENCE
        while (trouble := bind(listener, port)) and time.monotonic() < deadline and not is_ours(port):
            time.sleep(0.1)
        if trouble:
            raise Problem(trouble_with(port, trouble))
        listener.listen(256)
        yield listener


def bind(listener, port):
    """Take the port; answers the error number, 0 when it is ours."""
    try:
        listener.bind((HOUSE, port))
    except OSError as problem:
        return problem.errno
    return 0


def trouble_with(port, trouble):
    """Why the port cannot be had, and what to do."""
    if trouble != errno.EADDRINUSE:
        return f"Port {port} cannot be used ({os.strerror(trouble)}). Choose another one: PORT=8001 ./run"
    if is_ours(port):
        return (
            f"Coding Ahead already runs at http://{HOUSE}:{port}. Use it, stop it (Ctrl-C where it was "
            f"started), or start a second one on another port: PORT={port + 1} ./run"
        )
    return f"Port {port} is used by another program. Choose another one: PORT={port + 1} ./run"


def is_ours(port, wait=1):
    """Whether a site of ours answers there."""
    try:
        with urllib.request.urlopen(f"http://{HOUSE}:{port}/healthz", timeout=wait) as answer:
            return answer.read(8) == b"ok\n"
    except (OSError, ValueError, urllib.error.URLError):
        return False


# The database and the static files


def is_fresh():
    """Whether the database is still without tables."""
    from django.db import connection  # noqa: PLC0415 Django is set up by now
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    try:
        return not MigrationRecorder(connection).has_table()
    finally:
        connection.close()


def prepare():
    """Migrations, the table of the cache and the static files, by one start at a time."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import OperationalError, connection  # noqa: PLC0415

    with devdb.held(LOCAL / "prepare.lock"):
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        except OperationalError as problem:
            raise Problem(f"The database does not answer: {problem}") from None
        finally:
            connection.close()  # the server gets none of our connections
        collect_static()


def collect_static():
    """Collect, hash and compress the static files, unless nothing changed since the last time."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    target, made_from = settings.STATIC_ROOT, fingerprint()
    stamp = target.with_name(target.name + ".made-from")
    if target.exists() and stamp.exists() and stamp.read_text() == made_from:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(made_from)


def fingerprint():
    """What the collected files depend on: ours by size and time, the packages' by their lock."""
    ours = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    told = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in ours]
    told += [(ROOT / "requirements.txt").read_text()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


# The processes


def start_child(*command, number=signal.SIGTERM, **options):
    """Start a program that dies with us, and that Ctrl-C reaches through us alone."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=devdb.die_with_parent(number),  # noqa: PLW1509 no threads here
        **options,
    )


class Site:
    """The server, the load of the default data, and Postgres where it is our own."""

    def __init__(self, listener):
        """Nothing is started yet; `listener` is the socket that the server takes over."""
        self.listener = listener
        self.address = os.environ["SITE_URL"]
        self.postgres = devdb.cluster() if devdb.is_own(os.environ["DATABASE_URL"]) else None
        self.server = self.loader = None
        self.starts, self.loads = [], 0

    def run(self):
        """Start everything, look after it, and stop it when we are told to."""
        try:
            self.start_server()
            self.wait_for_server()
            self.start_loader()
            print(self.greeting(), flush=True)
            while True:
                time.sleep(TICK)
                self.look_after()
        finally:
            self.stop()

    def start_server(self):
        """gunicorn on our socket; a new one can take over from a killed one without losing a visitor."""
        number = self.listener.fileno()
        self.starts.append(time.monotonic())
        self.server = start_child(
            *("-m", "gunicorn", "--config", "python:codingahead.gunicorn_settings"),
            *("--bind", f"fd://{number}", "--log-level", "warning", "codingahead.wsgi"),
            number=signal.SIGINT,
            pass_fds=[number],
            env=os.environ | {"CODINGAHEAD_RUNNER": str(os.getpid())},
        )

    def wait_for_server(self):
        """Until the site answers; a server that ends before is a problem."""
        while not is_ours(self.listener.getsockname()[1], wait=2):
            if self.server.poll() is not None:
                raise Problem("The server ended while starting: what it said stands above.")

    def start_loader(self):
        """The default data, beside the server and less urgent; what is loaded already stays as it is."""
        self.loads += 1
        self.loader = start_child(
            *("manage.py", "load_default_data"), env=os.environ | {"PYTHONUNBUFFERED": "1"}
        )

    def look_after(self):
        """Start again what was killed; say what did not work."""
        if self.postgres and not devdb.process(self.postgres):
            print("Postgres was gone; starting it again.", flush=True)
            devdb.start(self.postgres)
        if self.server.poll() is not None:
            self.server_ended()
        if self.loader and self.loader.poll() is not None:
            self.loader_ended()

    def server_ended(self):
        """Another one, unless it keeps ending."""
        if len([start for start in self.starts if time.monotonic() - start < 60]) >= OFTEN:
            raise Problem("The server keeps ending: what it said stands above.")
        print("The server was gone; starting it again.", flush=True)
        self.start_server()

    def loader_ended(self):
        """Loaded, or tried once more, or a sentence: the site runs in any case."""
        failed, self.loader = self.loader.returncode, None
        if failed and self.loads < LOADS:
            self.start_loader()
        elif failed:
            print("The default data are not loaded whole. Try: ./run manage load_default_data", flush=True)

    def stop(self):
        """Stop the children; further signals would only leave some of them behind."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        children = [child for child in (self.loader, self.server) if child and child.poll() is None]
        for child in children:
            child.terminate()
        for child in children:
            end(child)

    def greeting(self):
        """What the person who started it wants to know."""
        from django.conf import settings  # noqa: PLC0415

        lines = ["", f"Coding Ahead runs at {self.address} (Ctrl-C stops it)."]
        lines += ["An account for /admin/: ./run manage createsuperuser"]
        lines += ["More public tables, optional: ./run manage load_outpatient_tables"]
        if not settings.MAIL_IS_SENT:
            lines += [f"Mails are printed here and kept in {settings.MAIL_FOLDER}."]
        if not settings.RATE_LIMITS:
            lines += [
                "WARNING: RATE_LIMITS=off lifts every throttle; for measuring on one's own machine only."
            ]
        return "\n".join([*lines, ""])


def end(child, patience=10):
    """Wait for a child that was told to stop; then make it."""
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
