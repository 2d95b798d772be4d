"""The database whole in one file, and back: by pg_dump and pg_restore of the same Postgres."""

import contextlib
import hashlib
import os
import subprocess
import sys
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from codingahead import pgprograms
from codingahead.devdb import ROOT
from codingahead.pgprograms import Problem

# pg_restore takes a file that was cut off for whole; so each backup ends with the digest of all before
SEAL = "\nBackup of Coding Ahead, sha256 {}\n"
SEAL_LENGTH = len(SEAL.format(hashlib.sha256().hexdigest()))
TRIES = 5  # a running site may connect again just before the names are changed
NOT_OURS = "{file} is no backup of Coding Ahead ({reason}). The database is as it was."
IS_OURS = "SELECT to_regclass('django_migrations') IS NOT NULL AND to_regclass('codes_release') IS NOT NULL"


def save(url, file):
    """Write the database into `file`, in one piece or not at all; answers what was done."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with open(part, "x+b", opener=lambda path, flags: os.open(path, flags, 0o600)) as target:
            done = client(url, "pg_dump", "--format=custom", stdout=target)
            if done.returncode:
                raise Problem(f"No backup was made: {said(done)}")
            target.write(seal_of(target, os.fstat(target.fileno()).st_size))
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    except OSError as problem:
        raise Problem(f"{file} cannot be written: {problem.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return f"Saved in {file} ({file.stat().st_size / 1e6:.1f} MB). It holds readers' addresses: keep it safe."


def seal_of(stream, length):
    """The last line of a backup whose first `length` bytes these are; the stream stands behind them then."""
    stream.seek(0)
    digest = hashlib.sha256()
    while length and (piece := stream.read(min(length, 1 << 20))):
        digest.update(piece)
        length -= len(piece)
    return SEAL.format(digest.hexdigest()).encode()


def check_seal(file):
    """Refuse what `save` did not write, whole."""
    try:
        with file.open("rb") as stream:
            whole = seal_of(stream, max(0, file.stat().st_size - SEAL_LENGTH)) == stream.read()
    except OSError as problem:
        raise Problem(f"{file} cannot be read: {problem.strerror}.") from None
    if not whole:
        reason = "it is cut off, changed, or not made by ./run backup"
        raise Problem(NOT_OURS.format(file=file, reason=reason))


def restore(url, file):
    """Fill a new database from `file`, then let it take the place of the present one."""
    check_seal(file)
    name = unquote(urlsplit(url).path.lstrip("/"))
    with server(url) as connection, spare(connection, f"{name}_restoring") as new:
        fill(replaced(url, new), file)
        swap(connection, name, new)
    return f"Restored from {file}."


def fill(url, file):
    """Read the file into the new database and bring it to the shape of this program."""
    options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
    done = client(url, "pg_restore", *options, str(file))
    if done.returncode:
        raise Problem(NOT_OURS.format(file=file, reason=said(done)))
    with psycopg.connect(url) as connection:
        if not connection.execute(IS_OURS).fetchone()[0]:
            raise Problem(NOT_OURS.format(file=file, reason="its tables are missing"))
    command = [sys.executable, ROOT / "manage.py", "migrate", "--no-input", "--verbosity=0"]
    done = subprocess.run(
        command, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Problem(NOT_OURS.format(file=file, reason=said(done)))


def swap(connection, name, new):
    """Rename both in one transaction, the site's connections being closed just before."""
    old = f"{name}_before"
    drop(connection, old)
    for left in reversed(range(TRIES)):
        with contextlib.suppress(psycopg.errors.ObjectInUse if left else ()), connection.transaction():
            close_all(connection, name)
            rename(connection, name, old)
            rename(connection, new, name)
            break
    drop(connection, old)


def close_all(connection, name):
    """Close every connection to a database; the site connects again at its next request."""
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def rename(connection, old, new):
    """Give a database another name."""
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    )


def drop(connection, name):
    """Remove a database where it is there."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def server(url):
    """A connection to the server, in no database that is about to change its name."""
    try:
        connection = psycopg.connect(replaced(url, "postgres"), autocommit=True)
    except psycopg.OperationalError as problem:
        raise Problem(f"The database does not answer: {problem}") from None
    with connection:
        yield connection


@contextlib.contextmanager
def spare(connection, name):
    """A new, empty database; gone again unless it got another name meanwhile."""
    drop(connection, name)
    try:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        raise Problem(
            "This role may not make databases, which a restore needs: ALTER ROLE … CREATEDB."
        ) from None
    try:
        yield name
    finally:
        drop(connection, name)


def replaced(url, name):
    """The same address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def client(url, program, *options, stdout=subprocess.PIPE):
    """Run a program of Postgres that fits the server; the password never stands in its command line."""
    parts = urlsplit(url)
    bare = urlunsplit(parts._replace(netloc=without_password(parts)))
    secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
    command = [clients(url) / program, f"--dbname={bare}", *options]
    return subprocess.run(
        command, env=os.environ | secret, check=False, stdout=stdout, stderr=subprocess.PIPE
    )


def clients(url):
    """The folder of the programs for that server."""
    try:
        with psycopg.connect(url) as connection:
            return pgprograms.clients(connection.info.server_version // 10000)
    except psycopg.OperationalError as problem:
        raise Problem(f"The database does not answer: {problem}") from None


def without_password(parts):
    """user@host:port of an address."""
    account, at, house = parts.netloc.rpartition("@")
    return account.partition(":")[0] + at + house


def said(done):
    """The first words of a program that failed."""
    text = done.stderr if isinstance(done.stderr, str) else done.stderr.decode(errors="replace")
    lines = [line for line in text.strip().splitlines() if line]
    return lines[-1] if lines else f"it ended with {done.returncode}"
