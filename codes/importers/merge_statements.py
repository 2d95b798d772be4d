"""The statements of a merge in their order (`codes.importers.merging` fills in the table’s names)."""

STAGE = "CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"
# rows of the chain that hold on a day of the span and that the edition does not give
CUT = """
CREATE TEMPORARY TABLE cut ON COMMIT DROP AS
SELECT t.* FROM {table} AS t
WHERE {ours} AND t.effective_on <= %(last)s::date AND COALESCE(t.terminated_on, 'infinity') >= %(first)s
    AND NOT EXISTS (SELECT FROM staged AS s WHERE {same})
"""
KEPT = """
DELETE FROM staged AS s USING {table} AS t
WHERE {ours} AND {same}
    AND t.effective_on <= %(last)s::date AND COALESCE(t.terminated_on, 'infinity') >= %(first)s
"""
COUNT = """
SELECT count(*) FILTER (WHERE gone IS NULL), count(*) FILTER (WHERE gone AND come),
    count(*) FILTER (WHERE come IS NULL)
FROM (SELECT DISTINCT {key}, TRUE AS come FROM staged) AS coming
FULL JOIN (SELECT DISTINCT {key}, TRUE AS gone FROM cut) AS going USING ({key})
WHERE {counted}
"""
# where rows end with their edition: against what the edition right before says
COUNT_CLOSING = """
SELECT count(*) FILTER (WHERE gone IS NULL), count(*) FILTER (WHERE gone AND come),
    count(*) FILTER (WHERE come IS NULL)
FROM (SELECT DISTINCT {key}, TRUE AS come FROM staged AS s
    WHERE NOT EXISTS (SELECT FROM {table} AS t WHERE {ours} AND {same} AND t.effective_on <= %(before)s
        AND t.terminated_on >= %(before)s)) AS coming
FULL JOIN (SELECT DISTINCT {key}, TRUE AS gone FROM {table} AS t
    WHERE {ours} AND t.effective_on <= %(before)s AND t.terminated_on >= %(before)s
        AND NOT EXISTS (SELECT FROM staged AS s WHERE {same})) AS going USING ({key})
WHERE {counted}
"""
# a cut row keeps its days before the span, and a row of its own for those after it
CUT_AWAY = "DELETE FROM {table} AS t USING cut WHERE t.id = cut.id AND t.effective_on >= %(first)s"
CUT_SHORT = "UPDATE {table} AS t SET terminated_on = %(before)s FROM cut WHERE t.id = cut.id"
CUT_TAIL = """
INSERT INTO {table} ({columns}, {start} release_id, effective_on, terminated_on)
SELECT {columns}, {unknown} release_id, %(after)s, terminated_on FROM cut
WHERE COALESCE(terminated_on, 'infinity') > %(last)s::date
"""
# a row that ended just before, or begins just after, is drawn out over the span
EXTEND = """
WITH drawn AS (
    UPDATE {table} AS t SET {change} FROM staged AS s WHERE {ours} AND {touch} AND {same} RETURNING {row})
DELETE FROM staged AS t USING drawn AS s WHERE {same}
"""
INSERT = """
INSERT INTO {table} ({columns}, {start} release_id, effective_on, terminated_on)
SELECT {columns}, {unknown} %(release)s, %(first)s, NULLIF(%(last)s::date, 'infinity') FROM staged
"""
JOIN = """
WITH pair AS (
    SELECT t.id, s.id AS later, s.terminated_on FROM {table} AS t JOIN {table} AS s ON {same}
    WHERE {ours} AND t.terminated_on = %(last)s::date AND s.effective_on = %(after)s),
gone AS (DELETE FROM {table} AS t USING pair WHERE t.id = pair.later)
SELECT id, terminated_on FROM pair
"""
START = """
UPDATE {table} AS t SET start_known = known
FROM (VALUES (%(first)s::date, %(follows)s), (%(after)s::date, %(leads)s)) AS start (day, known)
WHERE {ours} AND t.effective_on = start.day AND t.start_known <> known
"""
FILL_STAGE = """
UPDATE staged AS s SET {column} = t.{column} FROM {table} AS t
WHERE {ours} AND s.{column} = '' AND t.{column} <> '' AND {alike}
"""
FILL_TABLE = """
UPDATE {table} AS t SET {column} = s.{column} FROM staged AS s
WHERE {ours} AND t.{column} = '' AND s.{column} <> '' AND {alike}
"""
