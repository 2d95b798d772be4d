"""Our own words stand in for an official file until it is loaded, and then go, all of them."""

from django.db import connection
from django.db.models import Exists, OuterRef

from codes.models import Code, Descriptor, ErrorReport, LayDescription, Release, Term

FORGET = "DELETE FROM codes_code WHERE id = ANY(%s)"


def remove(code_set):
    """Take a demonstration out of a code set; whether there was one."""
    stood_in = Release.objects.current().filter(code_set=code_set, is_demonstration=True)
    keys = list(stood_in.values_list("pk", flat=True))
    if not keys:
        return False
    for model in (Descriptor, Term):
        model.objects.filter(release__in=keys).delete()
    Release.objects.filter(pk__in=keys).update(state=Release.State.REPLACED)
    return True


def forget_the_wordless(code_set):
    """Delete codes of the set that no edition describes and nobody wrote about, from the bottom up."""
    held = [Descriptor, LayDescription, ErrorReport]
    while True:
        codes = Code.objects.filter(code_set=code_set)
        for model in held:
            codes = codes.exclude(Exists(model.objects.filter(code=OuterRef("pk"))))
        childless = codes.exclude(Exists(Code.objects.filter(parent=OuterRef("pk"))))
        keys = list(childless.values_list("pk", flat=True))
        if not keys:
            return
        with connection.cursor() as cursor:
            cursor.execute(FORGET, [keys])
