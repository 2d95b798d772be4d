"""What ./run does once everything is installed.

./run                       serve the site on http://127.0.0.1:8000 (another port: PORT=8001 ./run)
./run test [--full] [...]   the tests, on a Postgres of their own; what follows goes to pytest
./run manage COMMAND [...]  any command of manage.py on the same database
./run backup FILE           save the database whole
./run restore FILE          put a saved database in its place
"""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

from codingahead import devdb
from codingahead.pgprograms import Problem

ROOT = devdb.ROOT
LOCAL = ROOT / ".local"
# what the tests take from the environment; a person's own settings would change what they see
FOR_TESTS = ("DATABASE_URL", "HOME", "LANG", "PATH", "PYTHONPATH", "POSTGRES_PROGRAMS", "TMPDIR", "USER")


def database():
    """The DATABASE_URL while the block runs: the one that is set, else this checkout's own Postgres."""
    address = os.environ.get("DATABASE_URL", "").strip()
    return contextlib.nullcontext(address) if address else devdb.in_use(devdb.cluster())


def own_secret():
    """The SECRET_KEY of this checkout, made once and readable by its owner alone."""
    kept = LOCAL / "secret-key"
    if not kept.exists():
        part = kept.with_name(f"secret-key.{os.getpid()}")
        with open(part, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(60))
        with contextlib.suppress(FileExistsError):
            os.link(part, kept)  # whoever is first decides
        part.unlink()
    return kept.read_text()


def wanted_port():
    """PORT as a number."""
    port = os.environ.get("PORT", "").strip() or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Problem(f"PORT is “{port}”; write a number from 1 to 65535.")
    return int(port)


def set_up(url):
    """Fill what the environment does not set with what suits one's own machine, and start Django."""
    ours = {
        "DATABASE_URL": url,
        "SECRET_KEY": os.environ.get("SECRET_KEY") or own_secret(),
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "SITE_URL": f"http://127.0.0.1:{wanted_port()}",
        "DJANGO_SETTINGS_MODULE": "codingahead.settings",
    }
    for name, value in ours.items():
        os.environ[name] = os.environ.get(name, "").strip() or value
    import django  # noqa: PLC0415 its settings need what was just set

    django.setup()


def serve(arguments):
    """Everything up to a running site, until it is stopped."""
    from codingahead import serving  # noqa: PLC0415 the other commands need nothing of it

    must_be_empty(arguments)
    with serving.listening(wanted_port()) as listener, database() as url:
        set_up(url)
        serving.prepare()
        serving.Site(listener).run()


def manage(arguments):
    """A command of manage.py; on a database that was just made, its tables come first."""
    from codingahead import serving  # noqa: PLC0415

    with database() as url:
        set_up(url)
        if arguments and serving.is_fresh():
            serving.prepare()
        from django.core.management import execute_from_command_line  # noqa: PLC0415

        execute_from_command_line(["manage.py", *arguments])


def test(arguments):
    """The tests on a throw-away Postgres, or on that of DATABASE_URL; answers pytest's exit code."""
    full = ["-m", ""] if "--full" in arguments else []
    wanted = [argument for argument in arguments if argument != "--full"]
    kept = {name: os.environ[name] for name in FOR_TESTS if name in os.environ}
    address = kept.get("DATABASE_URL", "").strip()
    with contextlib.nullcontext(address) if address else devdb.throw_away() as url:
        kept |= {"DATABASE_URL": url, "SECRET_KEY": "for the tests", "ALLOWED_HOSTS": "127.0.0.1,localhost"}
        command = [sys.executable, "-m", "pytest", "-n", str(cores()), *full, *wanted]
        return subprocess.run(command, cwd=ROOT, env=kept, check=False).returncode


def cores():
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def backup(arguments):
    """Save the database into a file."""
    with database() as url:
        from codingahead import backups  # noqa: PLC0415

        print(backups.save(url, only_file(arguments)))


def restore(arguments):
    """Put a saved database in the place of the present one."""
    with database() as url:
        set_up(url)
        from codingahead import backups  # noqa: PLC0415

        print(backups.restore(url, only_file(arguments)))


def must_be_empty(arguments):
    """Refuse words that would be overlooked."""
    if arguments:
        raise WrongWords


def only_file(arguments):
    """The one file name that was given."""
    if len(arguments) != 1:
        raise WrongWords
    return Path(arguments[0]).absolute()


class WrongWords(Exception):
    """The command line is not one that ./run knows."""


COMMANDS = {"serve": serve, "test": test, "manage": manage, "backup": backup, "restore": restore}


def obey_signals():
    """SIGTERM and a closed terminal stop everything as Ctrl-C does; under nohup the terminal may close."""
    wanted = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        wanted.remove(signal.SIGHUP)
    for number in wanted:
        signal.signal(number, signal.default_int_handler)


def main(arguments):
    """Run one command; answers the exit code: 0, 1 with a sentence, 2 for wrong words, 130 when stopped."""
    obey_signals()
    command, *others = arguments or ["serve"]
    LOCAL.mkdir(exist_ok=True)
    try:
        if command not in COMMANDS:
            raise WrongWords
        return COMMANDS[command](others) or 0
    except WrongWords:
        print(__doc__.partition("\n\n")[2], end="", file=sys.stderr)
        return 0 if command in ("-h", "--help", "help") else 2
    except (Problem, PermissionError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
