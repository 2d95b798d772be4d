"""How fast code pages are beside a bare view: `./run manage shell -c "import bench.pages as b; b.main()"`.

Starts gunicorn as ./run does, with one more address, and asks in turns, so that all are measured on the same
workers in one run. Prints requests a second and their ratio to the bare view; a busy machine moves both.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from accounts.models import PageView, User, Visitor
from accounts.sessions import SessionStore
from codes.models import Code

CONNECTIONS = 8
SECONDS = 2.0
ROUNDS = 3
PORT = 8900
READERS = 300
POPULAR = 40  # codes that every reader opens


def reader(is_unlimited=True):
    """A reader for this run with a session; answers (user, cookie)."""
    user = User.objects.create_user(f"bench-{uuid4().hex}@example.org", "not used")
    Visitor.objects.create(user=user, is_unlimited=is_unlimited)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return user, f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextlib.contextmanager
def server():
    """The site under gunicorn as ./run starts it, on a port of its own."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings", "PORT": str(PORT)}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:codingahead.gunicorn_settings",
        "codingahead.wsgi",
    ]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for_port()
        yield
    finally:
        process.terminate()
        process.wait(10)


def wait_for_port():
    """Wait until it listens."""
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
            return
        time.sleep(0.05)
    raise SystemExit(f"Nothing answers on port {PORT}.")


def ask(connection, path, cookie):
    """One request on a kept connection; answers the status and the length of the body."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    head, _, body = read_until(connection, b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(1 << 16)
    return int(head.split(b" ", 2)[1]), length


def read_until(connection, mark):
    """Bytes up to a mark, and what came after it."""
    data = b""
    while mark not in data:
        part = connection.recv(1 << 16)
        if not part:
            raise ConnectionError("closed by the server")
        data += part
    return data.partition(mark)


def rate(asked):
    """Answered requests a second over `SECONDS`; `asked` is called for the next address and cookie."""
    start = time.monotonic()

    def work(_):
        answered = 0
        with socket.create_connection(("127.0.0.1", PORT)) as connection:
            while time.monotonic() < start + SECONDS and (following := next(asked, None)):
                status, _ = ask(connection, *following)
                if status != 200:
                    raise SystemExit(f"{following[0]} answers {status}.")
                answered += 1
        return answered

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return sum(pool.map(work, range(CONNECTIONS))) / (time.monotonic() - start)


class Shared:
    """An iterator that threads may share."""

    def __init__(self, items):
        self.items = list(items)

    def __iter__(self):
        return self

    def __next__(self):
        if not self.items:
            raise StopIteration
        return self.items.pop()


class Same(Shared):
    """One address for ever."""

    def __next__(self):
        return self.items[0]


def some_codes(number):
    """Addresses of so many codes that can be reported and differ before the seventh character."""
    codes = Code.objects.of("icd-10-cm").filter(descriptors__billable=True, code__regex=r"^.{3,6}$")
    return [code.get_absolute_url() for code in codes.select_related("code_set").order_by("?")[:number]]


def measure(readers, codes):
    """Rates by name, in turns on the same workers; pages that readers share are kept after the first of them."""
    cookie = readers[0][1]
    known = codes[:POPULAR]
    first = Shared((path, cookie) for path in known for _, cookie in readers[1:])
    unseen = Shared((path, readers[-1][1]) for path in codes[POPULAR:])
    rows = {"bare view": [], "page opened again": [], "first opening": [], "first opening, page not kept": []}
    rate(Shared((path, cookie) for path in known * 4))
    for _ in range(ROUNDS):
        rows["bare view"].append(rate(Same([("/bare/", cookie)])))
        rows["page opened again"].append(rate(Same([(known[0], cookie)])))
        rows["first opening"].append(rate(first))
    rows["first opening, page not kept"].append(rate(unseen))
    return rows


def main():
    """Measure and print; what was made for it goes again."""
    readers = [reader() for _ in range(READERS)]
    try:
        with server():
            report(measure(readers, some_codes(POPULAR + 3000)))
    finally:
        PageView.objects.filter(visitor__user__in=[user for user, _ in readers]).delete()
        for user, _ in readers:
            user.delete()


def report(rows):
    """The best round of each, and its ratio to the bare view."""
    bare = max(rows["bare view"])
    for name, rates in rows.items():
        print(f"{name:30} {max(rates):8.0f} a second   {max(rates) / bare:5.2f} of the bare view")
