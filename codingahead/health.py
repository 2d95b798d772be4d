"""Whether the site lives, and whether it is ready: asked by machines, on whatever host name they know."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from codes.models import Release

# What the default data bring: a code set each, and the mappings between them (codes/management/commands).
CODE_SETS = {"icd-10-cm", "icd-10-pcs", "ms-drg", "cpt", "hcpcs"}
MAPPINGS = {"ms-drg-diagnoses", "hcc"}


def first_of_all(get_response):
    """Middleware: answer before the host name is looked at, for a probe knows only the machine's address."""
    answers = {"/healthz": healthz, "/readyz": readyz}

    def middleware(request):
        return answers.get(request.path_info, get_response)(request)

    return middleware


@never_cache
@require_safe
def healthz(request):
    """Alive: this process answers, whatever the database does."""
    return _said("ok")


@never_cache
@require_safe
def readyz(request):
    """Ready for readers: 200, or 503 with the reason in a sentence."""
    try:
        reason = unapplied_migrations() or missing_data()
    except DatabaseError:
        reason = "database: it does not answer."
    return _said(reason or "ready", 503 if reason else 200)


def unapplied_migrations():
    """What to say while the database's shape is older than the program, else nothing."""
    missing = _migrations() - set(MigrationRecorder(connection).applied_migrations())
    return f"migrations: {len(missing)} to apply; run manage.py migrate." if missing else ""


def missing_data():
    """What to say while a code set or a mapping is not loaded, else nothing."""
    loaded = Release.objects.current().values_list("code_set__slug", "source")
    missing = (CODE_SETS | MAPPINGS).difference(*loaded)
    if not missing:
        return ""
    names = ", ".join(sorted(missing))
    return f"data: {names} not loaded yet; they are loading, or run manage.py load_default_data."


@cache
def _migrations():
    """The program's own migrations; they change only with a new program."""
    return set(MigrationLoader(None).disk_migrations)


def _said(text, status=200):
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
