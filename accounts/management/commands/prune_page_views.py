"""`manage.py prune_page_views`: forget the guests of earlier periods, and log-ins that have expired."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.pruning import prune


class Command(BaseCommand):
    """Run daily by cron, or kept running with --loop."""

    help = (
        "Deletes what the meter no longer needs of guests: views of earlier periods, guests without views, "
        "counts of networks before today; and log-ins that have expired. Readers' views stay."
    )

    def add_arguments(self, parser):
        """`--loop`, with the hours between two runs."""
        parser.add_argument(
            "--loop",
            type=float,
            nargs="?",
            const=24.0,
            metavar="HOURS",
            help="Go on until stopped, with so many hours between two runs (24 where none are given).",
        )

    def handle(self, **options):
        """Prune once, or again and again."""
        hours = options["loop"]
        if hours is not None and hours <= 0:
            raise CommandError("--loop takes a number of hours above 0.")
        self.once()
        while hours:
            time.sleep(hours * 3600)
            self.once()

    def once(self):
        """Prune, and say what went."""
        self.stdout.write(f"Deleted {prune(timezone.localdate())}.")
