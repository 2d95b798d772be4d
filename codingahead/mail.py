"""Mail while no mail server is set: printed, and kept in a folder."""

from django.core.mail.backends.console import EmailBackend as Printed
from django.core.mail.backends.filebased import EmailBackend as Filed


class KeptMail(Filed):
    """Keeps each mail as a file under EMAIL_FILE_PATH and prints it as well."""

    def send_messages(self, messages):
        """Keep, then print; answers how many."""
        kept = super().send_messages(messages)
        Printed(fail_silently=True).send_messages(messages)
        return kept
