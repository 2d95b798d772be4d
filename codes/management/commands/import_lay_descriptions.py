"""`import_lay_descriptions FILE`: lay descriptions from a CSV file, as the admin imports them, of any size."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from codes import lay_tables


class Command(BaseCommand):
    """Load the table whole, or not at all."""

    help = "Load lay descriptions from a CSV file; new and changed texts become drafts."

    def add_arguments(self, parser):
        """Where from, and in whose name."""
        parser.add_argument("file", type=Path, help="The CSV file to read.")
        parser.add_argument("--by", metavar="EMAIL", help="The account that the history names.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")

    def handle(self, file, by, dry_run, **options):
        """Load, and say what was done; exit code 2 where the table cannot be loaded."""
        try:
            plan = lay_tables.load(file.read_bytes(), account(by), dry_run)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=2) from None
        except lay_tables.FaultyTable as error:
            raise CommandError(f"Nothing was loaded.\n{error}", returncode=2) from None
        done = "would be loaded" if dry_run else "loaded"
        self.stdout.write(f"{plan.new} new, {plan.changed} changed, {plan.unchanged} as before: {done}")


def account(email):
    """The account with this address; none where it is not given."""
    if not email:
        return None
    user = get_user_model().objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"There is no account {email}.", returncode=2)
    return user
