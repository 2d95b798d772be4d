"""HCPCS modifiers in CMS's words, from the latest loaded HCPCS file."""

from codes.models.code_sets import Release
from codes.models.hcpcs import HcpcsFact


def official(code=None):
    """The `HcpcsFact` of each modifier, or of one, in the latest loaded edition; none where none is loaded."""
    latest = (
        Release.objects.current()
        .filter(hcpcs_facts__is_modifier=True)
        .order_by("-effective_on", "-pk")
        .values("pk")
    )
    facts = HcpcsFact.objects.filter(is_modifier=True, release__in=latest[:1]).select_related("release")
    return facts.filter(code=code) if code else facts
