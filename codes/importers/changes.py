"""The release diff: what a release added, changed and ended against the edition right before it.

It is read off the windows, so it is the same in whatever order editions were loaded; the diff of the edition after a
loaded one is written anew.
"""

from datetime import timedelta

from django.db import connection
from psycopg import sql

from codes.importers.merging import compose
from codes.models import Release, ReleaseChange

WRITE = """
INSERT INTO codes_releasechange (release_id, what, change, subject, before, after)
SELECT %(target)s, %(what)s,
    CASE WHEN gone.subject IS NULL THEN 'added' WHEN came.subject IS NULL THEN 'ended' ELSE 'changed' END,
    COALESCE(came.subject, gone.subject), COALESCE(gone.says, ''), COALESCE(came.says, '')
FROM (SELECT {key}, {subject} AS subject, {says} AS says, {differs} AS differs
    FROM {table} AS t WHERE {ours} AND t.effective_on = %(day)s) AS came
FULL JOIN (SELECT {key}, {subject} AS subject, {says} AS says, {differs} AS differs
    FROM {table} AS t WHERE {ours} AND t.terminated_on = %(day)s - 1) AS gone USING ({key})
WHERE came.differs IS DISTINCT FROM gone.differs AND {counted}
"""


def record(table, span):
    """Write the diffs that a merge of this table made or changed: of its own release and of the one after it."""
    if span.follows:
        write(table, span, span.release, span.first)
    if span.leads:
        after = span.last + timedelta(days=1)
        following = Release.objects.current().filter(pk__in=span.chain, effective_on=after)
        for key in following.values_list("pk", flat=True):
            write(table, span, key, after)


def write(table, span, target, day):
    """Write the diff of one release, whose first day this is."""
    told = table.told
    ReleaseChange.objects.filter(release=target, what=told.what).delete()
    statement = compose(
        WRITE,
        table,
        subject=sql.SQL(told.subject),
        says=sql.SQL(told.says),
        differs=sql.SQL(told.differs or told.says),
    )
    values = {"target": target, "what": told.what, "day": day, "chain": list(span.chain)}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
