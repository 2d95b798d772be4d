"""Files from an address, on a server of the test's own."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command

from codes.importers import downloads
from codes.importers.loading import Refused
from codes.models import Release
from tests.codes.importers import icd_files

CONTENT = bytes(range(256)) * 4000


class Server(ThreadingHTTPServer):
    """Answers with `content`; breaks off after `breaks` bytes of each answer; notes which ranges were asked for."""

    content, breaks, mark, status, elsewhere = CONTENT, None, '"one"', 200, ""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.ranges = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/icd10cm_order_2026.txt"


class Answer(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self):
        server = self.server
        server.ranges.append(self.headers.get("Range"))
        if server.elsewhere:
            self.send_response(302)
            self.send_header("Location", server.elsewhere)
            return self.end_headers()
        if server.status != 200:
            return self.send_error(server.status)
        start = self.start()
        body = server.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", server.mark)
        self.end_headers()
        self.wfile.write(body[: server.breaks])
        self.close_connection = True
        return None

    def start(self):
        """Where the answer begins: at the range asked for, where the file is still the same."""
        asked = self.headers.get("Range")
        same = self.headers.get("If-Range") == self.server.mark
        return int(asked.removeprefix("bytes=").rstrip("-")) if asked and same else 0

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(downloads, "PAUSE", 0)


@pytest.fixture
def server():
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def fetch(address, progress=lambda fraction, doing="": None):
    """The bytes that are fetched, and the name of the copy."""
    with downloads.downloaded(address, progress) as path:
        return path.read_bytes(), path.name


def test_a_file_is_fetched_whole_under_its_name(server):
    assert fetch(server.address) == (CONTENT, "icd10cm_order_2026.txt")


def test_the_copy_is_removed_afterwards(server):
    with downloads.downloaded(server.address, lambda *_: None) as path:
        assert path.exists()
    assert not path.exists()


def test_a_broken_line_is_taken_up_where_it_broke(server):
    server.breaks = 400_000
    assert fetch(server.address)[0] == CONTENT
    assert server.ranges == [None, "bytes=400000-", "bytes=800000-"]


def test_a_file_that_changed_meanwhile_is_fetched_anew(server):
    server.breaks = 400_000
    once = []

    def progress(fraction, doing=""):
        if not once:
            once.append(True)
            server.mark, server.content, server.breaks = '"two"', b"other", None

    assert fetch(server.address, progress)[0] == b"other"


def test_a_line_that_always_breaks_is_given_up_in_a_sentence(server):
    server.breaks = 10
    with pytest.raises(Refused, match=r"could not be fetched whole in 5 tries: 50 of 1,024,000 bytes"):
        fetch(server.address)


def test_progress_tells_the_share_and_the_megabytes(server):
    told = []
    fetch(server.address, lambda fraction, doing="": told.append((fraction, doing)))
    assert told[-1] == (1.0, "fetching, 1.0 of 1.0 MB")


def test_a_larger_file_than_the_limit_is_not_fetched(server, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_BYTES", 1000)
    with pytest.raises(Refused, match="is larger than 1,000 bytes"):
        fetch(server.address)


def test_an_address_that_is_not_there_is_said_so(server):
    server.status = 404
    with pytest.raises(Refused, match="answers 404 Not Found"):
        fetch(server.address)
    assert len(server.ranges) == 1


def test_a_server_that_fails_is_asked_again(server):
    server.status = 503
    with pytest.raises(Refused, match=r"503 Service Unavailable"):
        fetch(server.address)
    assert len(server.ranges) == downloads.TRIES


def test_nobody_there_is_said_in_a_sentence():
    with pytest.raises(Refused, match="could not be fetched whole"):
        fetch("http://127.0.0.1:9/order.txt")


@pytest.mark.parametrize(
    "address",
    [
        "http://www.cms.gov/a.zip",
        "ftp://127.0.0.1/a.zip",
        "file:///etc/passwd",
        "https:///a.zip",
        "http://127.0.0.1.example.org/",
    ],
)
def test_anything_but_https_is_refused_outside_this_machine(address):
    with pytest.raises(Refused, match="is not an https address"):
        fetch(address)


def test_a_redirect_to_plain_http_is_refused(server):
    server.elsewhere = "http://www.cms.gov/a.zip"
    with pytest.raises(Refused, match=r"http://www.cms.gov/a.zip is not an https address"):
        fetch(server.address)


@pytest.mark.django_db
def test_the_command_takes_an_address(server, monkeypatch):
    icd_files.let_few_pass(monkeypatch)
    server.content = icd_files.diagnoses()
    call_command("import_release", "icd10cm-order", server.address, stdout=StringIO(), stderr=StringIO())
    assert (Release.objects.get().source_file, Release.objects.get().edition) == (
        "icd10cm_order_2026.txt",
        "FY2026",
    )
