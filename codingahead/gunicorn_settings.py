"""How gunicorn serves the site, in the image and under ./run (docs/decisions/)."""

import contextlib
import os

from codingahead import devdb
from codingahead.pgprograms import Problem

bind = f"0.0.0.0:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
preload_app = True  # read the program once, share its memory
control_socket_disable = True
worker_tmp_dir = "/dev/shm"  # noqa: S108 a heartbeat on a slow disk looks like a hanging worker
graceful_timeout = 5
keepalive = 5
accesslog = None  # addresses hold what readers look for: they are not written down


def on_exit(_server):
    """Under ./run: when the runner was killed, nobody else is left to stop its Postgres."""
    runner = os.environ.get("CODINGAHEAD_RUNNER")
    if runner and os.getppid() != int(runner) and devdb.is_own(os.environ["DATABASE_URL"]):
        with contextlib.suppress(Problem, OSError):
            devdb.stop_unless_used(devdb.cluster())
