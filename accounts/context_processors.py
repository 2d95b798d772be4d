"""What every page knows of its reader."""

from django.utils.functional import SimpleLazyObject

from accounts.gating import access_of


def page_views(request):
    """`page_views`: what is left for this visitor; asks the database only where a template uses it."""
    return {"page_views": SimpleLazyObject(lambda: access_of(request))}
