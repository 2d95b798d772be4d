"""`manage.py import_release`: one official file, as CMS, NCHS or the AMA publish it, into the site."""

from datetime import date
from difflib import get_close_matches

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from codes.importers import files
from codes.importers.loading import Refused
from codes.importers.progress import Bar
from codes.importers.sources import Asked, every_source

NOT_TRIED = "not tried on a real file"


class Command(BaseCommand):
    help = (
        "Loads one official file in one transaction: a zip as it comes, the file in it, or its https address. The same "
        "file again changes nothing; an older edition after a newer one lands in its own days. --list names every "
        "source and where its file is published."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="?", help="Which file it is, such as hcpcs; see --list.")
        parser.add_argument("path", nargs="?", help="The zip, the file in it, or its https address.")
        parser.add_argument("--edition", help="Its edition as a coder calls it, where its name does not say.")
        parser.add_argument("--effective", type=day, metavar="YYYY-MM-DD", help="First day it answers for.")
        parser.add_argument("--ends", type=day, metavar="YYYY-MM-DD", help="Last day it answers for.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be added, changed and ended; keep nothing."
        )
        parser.add_argument("--list", action="store_true", help="Name every source and leave.")

    def handle(self, source, path, **options):
        if options["list"]:
            return self.list_sources()
        if not source or not path:
            raise CommandError(
                "Say which source the file is and where it lies; --list names the sources.", returncode=2
            )
        asked = Asked(options["edition"], options["effective"], options["ends"], options["dry_run"])
        try:
            self.load(known(source), path, asked)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        except DatabaseError as error:
            raise CommandError(
                f"The database did not take the file, and nothing was changed: {first_line(error)}",
                returncode=1,
            ) from error
        return None

    def load(self, source, path, asked):
        """Fetch the file where it is an address, load it, and say what that did."""
        bar = Bar(source.slug, self.stderr)
        try:
            with files.fetched(path, bar) as found, transaction.atomic():
                outcomes = source.load(found, asked, bar)
                transaction.set_rollback(asked.is_dry_run)
        finally:
            bar.close()
        if asked.is_dry_run:
            self.stdout.write("Dry run: this is what a load would do; nothing was kept.")
        for outcome in outcomes if isinstance(outcomes, list) else [outcomes]:
            self.stdout.write(str(outcome))

    def list_sources(self):
        """A line for each source, with where its file is published."""
        for source in every_source().values():
            tried = "" if source.is_tried else f" ({NOT_TRIED})"
            self.stdout.write(f"{source.slug:<22} {source.title}{tried}\n{'':<22} {source.published}")


def known(slug):
    """The source of this name; raises `CommandError` that names those like it."""
    sources = every_source()
    if slug in sources:
        return sources[slug]
    near = get_close_matches(slug, sources, n=3) or sources
    raise CommandError(
        f"No source is called {slug}. Known are: {', '.join(near)}; --list names them all.", returncode=2
    )


def day(text):
    """A date out of YYYY-MM-DD."""
    return date.fromisoformat(text)


def first_line(error):
    """What the database says, without its details."""
    return str(error).strip().partition("\n")[0]
