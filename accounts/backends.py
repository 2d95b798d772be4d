"""Who is logged in."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User

# One query for the reader, the visitor and whether a mail was answered: it runs on every page a reader opens.
READER = """
SELECT u.*, v.id AS visitor_pk, EXISTS(
    SELECT 1 FROM account_emailaddress e WHERE e.user_id = u.id AND e.verified
) AS has_verified_email
FROM accounts_user u LEFT JOIN accounts_visitor v ON v.user_id = u.id
WHERE u.id = %s
"""


class ReaderBackend(AuthenticationBackend):
    """Log-in by e-mail address."""

    def get_user(self, user_id):
        """The active reader with this key, with all that the meter asks of an account."""
        user = next(iter(User.objects.raw(READER, [user_id])), None)
        return user if user and self.user_can_authenticate(user) else None
