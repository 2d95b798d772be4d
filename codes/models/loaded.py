"""Which editions are loaded: asked once, and again when a release comes, changes or goes."""

from django.db import connection

from codes.editions import Edition

# what changes with any release, cheap enough to stand in every query of a page
LOADED = "(SELECT count(*) || ' ' || max(changed_at) FROM codes_release)"
EDITIONS = """
SELECT release.id, source, COALESCE(defined.slug, ''), edition, effective_on, ends_on, is_demonstration, notice
FROM codes_release AS release LEFT JOIN codes_codeset AS defined ON defined.id = release.code_set_id
WHERE state = 'current'
"""

KEPT = 2
_kept = {}  # lists of editions by what `LOADED` said: the last, and the one before for pages that are half made


def editions(loaded):
    """Every loaded `Edition`; `loaded` is what `LOADED` says now. No query while it says the same."""
    found = _kept.get(loaded)  # another thread may clear it at any moment
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(EDITIONS)
            found = [Edition(*row) for row in cursor.fetchall()]
        _kept[loaded] = found
        if len(_kept) > KEPT:
            _kept.pop(next(iter(_kept)), None)
    return found


def current():
    """Every loaded `Edition`, where nothing else was asked that says what is loaded: one query, or two."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {LOADED}")
        return editions(cursor.fetchone()[0])
