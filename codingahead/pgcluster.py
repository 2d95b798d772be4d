"""One Postgres data folder: where it lies, how it is set, how it is made. Standard library only."""

import os
import pwd
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from codingahead import pgprograms
from codingahead.pgprograms import Problem, run, short_hash

NAME = "codingahead"
LONGEST_SOCKET_FOLDER = 80  # bytes; the kernel takes 107 with “/.s.PGSQL.5432.lock”

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",  # nothing follows this cluster: loads write less
    "max_wal_senders": "0",
    "jit": "off",
    "synchronous_commit": "on",
}
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}
FIRST_STATEMENTS = f"CREATE ROLE {NAME} LOGIN CREATEDB;\nCREATE DATABASE {NAME} OWNER {NAME};\n"


@dataclass(frozen=True)
class Cluster:
    """One data folder with its socket, and the account that owns the processes."""

    home: Path
    programs: Path
    account: pwd.struct_passwd
    settings: dict = field(default_factory=dict)
    bound: bool = False  # to the life of the process that starts it

    @property
    def data(self):
        """Where Postgres keeps its files."""
        return self.home / "data"

    @property
    def socket(self):
        """The folder of the socket; a short one where the path would be too long for the kernel."""
        folder = self.home / "socket"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return Path("/tmp") / f"{NAME}-{short_hash(self.home)}-{self.account.pw_uid}"  # noqa: S108

    @property
    def url(self):
        """The DATABASE_URL."""
        return f"postgres://{NAME}@/{NAME}?host={quote(str(self.socket), safe='')}"

    @property
    def log(self):
        """What Postgres says."""
        return self.home / "log"


def value(text):
    """A text as postgresql.conf wants it."""
    return "'" + text.replace("'", "''") + "'"


def write_settings(this):
    """Our settings, written at each start: a moved checkout has another socket folder."""
    settings = SETTINGS | this.settings | {"unix_socket_directories": '"' + str(this.socket) + '"'}
    lines = [f"{name} = {value(text)}\n" for name, text in settings.items()]
    (this.data / "codingahead.conf").write_text("".join(lines))


def locale_options(programs):
    """Builtin C.UTF-8 since Postgres 17: sorts the same on every machine."""
    if pgprograms.major(programs) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def must(done, what):
    """Stop with the program's own words when it failed."""
    if done.returncode:
        raise Problem(f"{what} failed:\n{(done.stderr or done.stdout or '').strip()}")


def make(this):
    """initdb beside its place, with role and database; moved there when it is whole."""
    part = this.home / "data.part"
    shutil.rmtree(part, ignore_errors=True)
    options = [
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-instructions",
    ]
    options += locale_options(this.programs) + ["--no-sync"] * bool(this.settings)
    must(run([this.programs / "initdb", "-D", part, *options], this.account), "Making the database (initdb)")
    with (part / "postgresql.conf").open("a") as conf:
        conf.write("include 'codingahead.conf'\n")
    (part / "codingahead.conf").touch()
    single = [this.programs / "postgres", "--single", "-D", part, "postgres"]
    must(run(single, this.account, FIRST_STATEMENTS), "Making the database")
    part.rename(this.data)


def check_version(this):
    """Data of another major version are left alone, with a sentence."""
    theirs, ours = (this.data / "PG_VERSION").read_text().strip(), pgprograms.major(this.programs)
    if theirs != str(ours):
        raise Problem(
            f"The data in {this.data} are of Postgres {theirs}, the programs found are of {ours}: "
            f"they are left as they are. Save them with the programs of {theirs} "
            f"(POSTGRES_PROGRAMS=/usr/lib/postgresql/{theirs}/bin ./run backup FILE), move that folder away, "
            f"and give them to the new one: ./run restore FILE."
        )
