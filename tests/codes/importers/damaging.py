"""Damaged copies of a file: each is either refused with nothing changed, or loaded whole."""

import random
from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from hypothesis import HealthCheck, settings

from codes.models import Code, Descriptor, Release, Term

EVERYDAY, FULL = 50, 1000
MODELS = (Release, Code, Descriptor, Term)


def times(count):
    """Settings of hypothesis for so many copies."""
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def damaged(content, seed):
    """A copy with its end or a piece cut out, a piece doubled, or some bytes changed."""
    chance = random.Random(seed)
    at, end = sorted(chance.choices(range(len(content)), k=2))
    kind = chance.randrange(5)
    if kind < 3:
        return (content[:at], content[:at] + content[end:], content[:end] + content[at:])[kind]
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 5)):
        changed[chance.randrange(len(changed))] = chance.choice((chance.randrange(256), ord("9"), ord(" ")))
    return bytes(changed)


def refused_or_whole(source, path, content, seed, *options):
    """Load a copy damaged by this seed (None: as it is) as the operator would; a refusal changes nothing."""
    path.write_bytes(content if seed is None else damaged(content, seed))
    loaded_or_refused(source, path, *options)


def loaded_or_refused(source, path, *options):
    """Load what lies there: a refusal is a sentence and changes nothing, anything else but a load is a failure."""
    before = [model.objects.count() for model in MODELS]
    refusal = ""
    with transaction.atomic():
        try:
            call_command("import_release", source, path, *options, stdout=StringIO(), stderr=StringIO())
        except CommandError as error:
            refusal = (error.returncode, str(error))
        else:
            assert Release.objects.filter(state="current").exists()
            transaction.set_rollback(True)
    assert not refusal or (refusal[0] == 2 and refusal[1])
    assert [model.objects.count() for model in MODELS] == before
