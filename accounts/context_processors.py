"""What every page knows of its reader."""


def page_views(request):
    """Nothing yet."""
    return {}
