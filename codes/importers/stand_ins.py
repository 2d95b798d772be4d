"""Our own words stand in for an official file until one is loaded, and then go, all of them."""

from django.db import connection
from django.db.models import Exists, OuterRef

from codes.models import Code, Descriptor, ErrorReport, LayDescription, Release, Term
from codes.ncci import STANDS_IN


def remove(code_set):
    """Take the demonstration out of a code set; whether there was one."""
    stood_in = Release.objects.current().filter(code_set=code_set, is_demonstration=True)
    keys = list(stood_in.values_list("pk", flat=True))
    for model in (Descriptor, Term):
        model.objects.filter(release__in=keys).delete()
    return bool(Release.objects.filter(pk__in=keys).update(state=Release.State.REPLACED))


def remove_facts(source):
    """Take out the demonstration of a source that defines no code set, or what else stands in for it, and the rows."""
    Release.objects.filter(source=source, code_set=None, is_demonstration=True).delete()
    if source in STANDS_IN:
        Release.objects.filter(source=STANDS_IN[source]).delete()


# a descriptor without words comes with a file that defines no code set; it keeps the days before the words begin
GIVE_WAY = """
WITH mute AS (
    SELECT said.id FROM codes_descriptor AS said JOIN codes_release AS release ON release.id = said.release_id
    WHERE release.code_set_id IS NULL AND said.code_id = ANY(%(keys)s)
        AND COALESCE(said.terminated_on, 'infinity') >= %(first)s),
gone AS (
    DELETE FROM codes_descriptor AS said USING mute WHERE said.id = mute.id AND said.effective_on >= %(first)s)
UPDATE codes_descriptor AS said SET terminated_on = %(first)s::date - 1 FROM mute
WHERE said.id = mute.id AND said.effective_on < %(first)s
"""


def give_way(keys, first):
    """End the descriptors that `cpt_numbers` wrote for these codes, the day before an edition's words begin."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_WAY, {"keys": keys, "first": first})


def forget_the_wordless(code_set):
    """Delete codes of the set that no edition describes and nobody wrote about, from the bottom up."""
    while keys := wordless(code_set):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM codes_code WHERE id = ANY(%s)", [keys])


def wordless(code_set):
    """The keys of such codes that have nothing below them."""
    codes = Code.objects.filter(code_set=code_set)
    for model, field in (
        (Descriptor, "code"),
        (LayDescription, "code"),
        (ErrorReport, "code"),
        (Code, "parent"),
    ):
        codes = codes.exclude(Exists(model.objects.filter(**{field: OuterRef("pk")})))
    return list(codes.values_list("pk", flat=True))
