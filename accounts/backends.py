"""Log-in by e-mail address, and the reader behind a number."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from accounts.models import READER_COLUMNS, reader_from_row

READER = f"""
SELECT {READER_COLUMNS} FROM accounts_user u LEFT JOIN accounts_visitor v ON v.user_id = u.id WHERE u.id = %s
"""  # noqa: S608 the columns are the model's own


class ReaderBackend(AuthenticationBackend):
    """Log-in by e-mail address."""

    def get_user(self, user_id):
        """The active reader with this key, with all that the meter asks of an account."""
        with connection.cursor() as cursor:
            cursor.execute(READER, [user_id])
            row = cursor.fetchone()
        user = row and reader_from_row(row)
        return user if user and self.user_can_authenticate(user) else None
