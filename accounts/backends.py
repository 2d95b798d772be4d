"""Who is logged in."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from accounts.models import User

FIELDS = [field.attname for field in User._meta.concrete_fields]
COLUMNS = ", ".join(f"u.{field.column}" for field in User._meta.concrete_fields)

# One query for the reader, the visitor and whether a mail was answered: it runs on every page a reader opens.
READER = f"""
SELECT v.id, EXISTS(SELECT 1 FROM account_emailaddress e WHERE e.user_id = u.id AND e.verified), {COLUMNS}
FROM accounts_user u LEFT JOIN accounts_visitor v ON v.user_id = u.id
WHERE u.id = %s
"""  # noqa: S608 the columns are the model's own


class ReaderBackend(AuthenticationBackend):
    """Log-in by e-mail address."""

    def get_user(self, user_id):
        """The active reader with this key, with all that the meter asks of an account."""
        with connection.cursor() as cursor:
            cursor.execute(READER, [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        user = User.from_db(connection.alias, FIELDS, row[2:])
        user.visitor_pk, user.has_verified_email = row[:2]
        return user if self.user_can_authenticate(user) else None
