"""`export_lay_descriptions FILE`: all lay descriptions as CSV, as the admin exports them."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from codes import lay_tables
from codes.models import LayDescription


class Command(BaseCommand):
    """Write the table."""

    help = "Write all lay descriptions into a CSV file that spreadsheets open."

    def add_arguments(self, parser):
        """Where to."""
        parser.add_argument("file", type=Path, help="The CSV file to write.")

    def handle(self, file, **options):
        """Write, and say how many."""
        lays = LayDescription.objects.all()
        try:
            with file.open("w", encoding="utf-8-sig", newline="") as table:
                lay_tables.write(lays, table)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.", returncode=2) from None
        self.stdout.write(f"{len(lays)} lay descriptions written to {file}")
