"""What `./run` loads: the public code sets from pinned packages, and our own words in fixtures/."""

from django.core.management.base import BaseCommand, CommandError

from codes.importers import (
    coverage_demonstration,
    demonstration,
    diagnoses,
    fee_demonstration,
    guidance_seeds,
    hcc,
    icd10cm,
    icd10pcs,
    lay_seeds,
    ms_drg,
    ncci_demonstration,
)
from codes.importers.loading import Refused
from codes.importers.progress import Bar

# in the order that makes pages useful early; the number is its share of the bar, about its seconds
STEPS = (
    (1, "demonstration codes", demonstration.load_packaged),
    (1, "lay descriptions", lay_seeds.load),
    (1, "guidance", guidance_seeds.load),
    (1, "demonstration fees", fee_demonstration.load_packaged),
    (1, "examples of coverage and crosswalks", coverage_demonstration.load_packaged),
    (1, "demonstration edits", ncci_demonstration.load_packaged),
    (10, "ICD-10-CM", icd10cm.load_packaged),
    (1, "lay descriptions", lay_seeds.load),
    (1, "MS-DRG", ms_drg.load_packaged),
    (6, "MS-DRG by diagnosis", diagnoses.load_packaged),
    (2, "HCC", hcc.load_packaged),
    (10, "ICD-10-PCS", icd10pcs.load_packaged),
)


class Command(BaseCommand):
    help = (
        "Loads the code sets and texts that the site comes with: each in one transaction, what is loaded already "
        "stays as it is. Prints a line for each release."
    )

    def handle(self, **_options):
        bar = Bar("load_default_data", self.stderr)
        refusals = [refusal for step in range(len(STEPS)) if (refusal := self.take(step, bar))]
        bar.close()
        if refusals:
            raise CommandError("\n".join(refusals), returncode=2)

    def take(self, step, bar):
        """Load one step; the sentence why not, where it is refused: the others load all the same."""
        shares = [share for share, _, _ in STEPS]
        share, name, load = STEPS[step]

        def progress(fraction, doing=""):
            bar((sum(shares[:step]) + share * fraction) / sum(shares), f"{name} {doing}".strip())

        try:
            outcomes = load(progress)
        except Refused as refusal:
            return str(refusal)
        progress(1)
        bar.close()
        for outcome in outcomes if isinstance(outcomes, list) else [outcomes]:
            self.stdout.write(str(outcome))
        return None
