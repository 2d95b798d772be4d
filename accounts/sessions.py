"""Sessions in the database that know their reader: one query at the beginning of a page reads both."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from accounts.models import READER_COLUMNS, Session, reader_from_row
from accounts.quota import period_of

MOST_VIEWS = 50  # of a period that come with the session; who opened more is counted by a query of the meter
READ = f"""
SELECT s.session_data, v.allowance, v.is_unlimited, ARRAY(
    SELECT ARRAY[p.code_set, p.code]::text[] FROM accounts_pageview p
    WHERE p.visitor_id = v.id AND p.period = %s LIMIT {MOST_VIEWS + 1}), {READER_COLUMNS}
FROM accounts_session s
LEFT JOIN accounts_user u ON u.id = s.reader_id
LEFT JOIN accounts_visitor v ON v.user_id = u.id
WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608 the columns are the model's own


class SessionStore(db.SessionStore):
    """Django's own store, with the reader and what he opened beside the session."""

    reader = None  # as the last load found it; whether the session may use it is for the middleware to prove

    @classmethod
    def get_model_class(cls):
        """Sessions with a column for the reader."""
        return Session

    def create_model_instance(self, data):
        """The row to save, with whose it is."""
        row = super().create_model_instance(data)
        row.reader_id = data.get(SESSION_KEY)
        return row

    def load(self):
        """What the session holds; nothing, and no key, where it is unknown or has expired."""
        with connection.cursor() as cursor:
            period = period_of(timezone.localdate())
            cursor.execute(READ, [period, self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = self.reader = None
            return {}
        data, allowance, is_unlimited, codes, *columns = row
        self.reader = reader_from_row(columns)
        if self.reader and self.reader.visitor_pk and len(codes) <= MOST_VIEWS:
            self.reader.known = (period, frozenset(map(tuple, codes)), allowance, is_unlimited)
        return self.decode(data)
