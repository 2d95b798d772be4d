"""Django's Postgres backend, but a kept connection is checked without a question to the server."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """The same in all but the check before a connection is used again."""

    def is_usable(self):
        """Whether the server still holds the line: on an idle connection that was closed there is something to read."""
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0)
