"""`manage.py load_outpatient_tables`: the public part of CMS's outpatient code editor tables, from a pinned package."""

from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from codes.importers import outpatient, outpatient_package
from codes.importers.loading import Refused
from codes.importers.progress import Bar


class Command(BaseCommand):
    help = (
        "Loads from the outpatient code editor’s tables: payment status and APC by code, hospital pairs (until CMS’s "
        "file of them is loaded), and what outpatient claims with a diagnosis are checked for. Fetches the package "
        "pyoce 0.1.0 with its hash, reads it as a file and removes it. The same package again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, help="The wheel, where it was fetched by hand.")

    def handle(self, path, **_options):
        bar = Bar("load_outpatient_tables", self.stderr)
        try:
            with nullcontext(path) if path else outpatient_package.fetched() as wheel:
                outcomes = outpatient.load(wheel, bar)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        finally:
            bar.close()
        for outcome in outcomes:
            self.stdout.write(str(outcome))
