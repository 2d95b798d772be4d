"""A file from its https address: with a limit, a progress bar, and a fresh start from where a broken line left it."""

import http.client
import ipaddress
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from codes.importers.loading import Refused

MOST_BYTES = 1_000_000_000
TRIES = 5
PAUSE = 1.0  # seconds before the second try, doubled for each after it
TIMEOUT = 60  # seconds without a byte
PIECE = 1 << 18
AGENT = "CodingAhead import_release"


@contextmanager
def downloaded(address, progress):
    """The path of a copy of the file at an address, under the name it has there; removed afterwards."""
    refuse_unsafe(address)
    with TemporaryDirectory(prefix="codingahead-") as folder:
        path = Path(folder) / (Path(unquote(urlsplit(address).path)).name or "download")
        Download(address, path, progress).run()
        yield path


def refuse_unsafe(address):
    """Refuse any address but https; plain http is for this machine only."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and is_loopback(parts.hostname or ""):
        return
    raise Refused(f"{address} is not an https address. Files are fetched by https only.")


def is_loopback(host):
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to safe addresses only."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        refuse_unsafe(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Download:
    """One file on its way: `done` bytes of `size` (0: not told) are there."""

    def __init__(self, address, path, progress):
        self.address, self.path, self.progress = address, path, progress
        self.done, self.size, self.mark = 0, 0, ""

    def run(self):
        """Fetch it, trying again where the line broke."""
        told = ""
        for turn in range(TRIES):
            try:
                if self.fetch():
                    return
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    raise Refused(f"{self.address} answers {error.code} {error.reason}.") from error
                told = f"{error.code} {error.reason}"
            except (OSError, http.client.HTTPException) as error:
                told = str(getattr(error, "reason", error))
            time.sleep(PAUSE * 2**turn if turn < TRIES - 1 else 0)
        raise Refused(
            f"{self.address} could not be fetched whole in {TRIES} tries: {self.done:,} of "
            f"{self.size:,} bytes came ({told or 'the line broke'}). Try again later, or give the file."
        )

    def fetch(self):
        """One request, for what is still missing; whether all of it is there now."""
        opener = urllib.request.build_opener(SafeRedirects)
        with opener.open(self.request(), timeout=TIMEOUT) as answer:
            self.begin(answer)
            with self.path.open("ab") as target:
                while piece := answer.read(PIECE):
                    self.take(piece, target)
        return not self.size or self.done == self.size

    def request(self):
        """What is asked: the rest of the same file, where some of it is there."""
        headers = {"User-Agent": AGENT}
        if self.done and self.mark:
            headers |= {"Range": f"bytes={self.done}-", "If-Range": self.mark}
        return urllib.request.Request(self.address, headers=headers)  # noqa: S310 (refuse_unsafe has looked)

    def begin(self, answer):
        """Read how much is coming; a server that sends the whole file again starts it anew."""
        if answer.status != http.client.PARTIAL_CONTENT:
            self.done = 0
            self.path.write_bytes(b"")
        self.mark = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        self.size = self.done + int(answer.headers.get("Content-Length") or 0)
        if self.size == self.done:
            self.size = 0
        self.refuse_large(self.size)

    def take(self, piece, target):
        """Write a piece down and say how far it is."""
        target.write(piece)
        self.done += len(piece)
        self.refuse_large(self.done)
        megabytes = f"{self.done / 1e6:.1f}" + (f" of {self.size / 1e6:.1f}" if self.size else "")
        self.progress(self.done / self.size if self.size else 0, f"fetching, {megabytes} MB")

    def refuse_large(self, size):
        """Refuse more than the limit, told or sent."""
        if size > MOST_BYTES:
            raise Refused(f"{self.address} is larger than {MOST_BYTES:,} bytes, the limit for a download.")
