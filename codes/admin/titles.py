"""The official title of a code, in the lists of the admin."""

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from codes.models import Code, Descriptor

LONGEST_SEARCH = 200


def title(code="pk"):
    """The latest descriptor, or our own short name; `code` is the field of the outer row that names the code."""
    words = Coalesce(NullIf("long", Value("")), "short", output_field=TextField())
    latest = Descriptor.objects.filter(code=OuterRef(code)).order_by("-effective_on")
    return Subquery(latest.values(words=words)[:1])


def cleaned(search_term):
    """What was typed, short enough and without what Postgres cannot take."""
    return search_term.replace("\x00", " ")[:LONGEST_SEARCH].strip()


def codes_found(search_term):
    """Codes that the site's own search finds, as a subquery."""
    return Code.objects.search(search_term).order_by().values("pk")
