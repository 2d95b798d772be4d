"""Guidelines and documentation checklists of our own, for a code, a range of codes, or a whole code set."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from codes import lay_text
from codes.models.code_sets import CodeSet
from codes.models.codes import Code
from codes.models.editing import account
from codes.models.windows import ends_after_it_begins
from codes.spelling import dotted, normal

SCOPE = (
    "kind",
    "code_set",
    "first",
    "last",
    "effective_on",
    "terminated_on",
)  # where and when readers see it
WORDS = ("title", "body", "author_role", "sources")  # what they read
AFTER_ALL = "~"  # sorts after every character of a code: E13~ comes after E13.9

# Texts that readers see on the page of `code` on the day `on`; none where `guided` is false.
SHOWN = """FROM codes_guidance AS guidance
    WHERE %(guided)s AND guidance.code_set_id = %(code_set_id)s AND guidance.published->>'body' <> ''
        AND guidance.first <= %(code)s AND (guidance.last = '' OR %(code)s <= guidance.last || '~')
        AND (guidance.effective_on IS NULL OR guidance.effective_on <= %(on)s)
        AND (guidance.terminated_on IS NULL OR guidance.terminated_on >= %(on)s)"""
GUIDANCE = f"""(SELECT json_agg(line) FROM (
        SELECT json_build_object('kind', guidance.kind, 'first', guidance.first, 'last', guidance.last,
            'is_seed', guidance.is_seed, 'published', guidance.published) AS line
        {SHOWN} ORDER BY guidance.first DESC, guidance.last, guidance.id LIMIT 12) AS lines)"""
MENTIONED = f"SELECT jsonb_array_elements_text(guidance.published->'mentioned') {SHOWN}"
CHANGED = "(SELECT max(changed_at) FROM codes_guidance)"


class Guidance(models.Model):
    """A text of ours that stands beside the official rules, marked as ours.

    Editors draft; readers see what a Reviewer published, kept apart in `published`, so that a new draft leaves
    it as it is. Every save is a line of history.
    """

    class Kind(models.TextChoices):
        GUIDELINE = "guideline", "Guideline"
        CHECKLIST = "checklist", "Documentation checklist"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    kind = models.CharField(
        max_length=9,
        choices=Kind,
        help_text="A guideline stands in “Coding guidelines and notes”, a checklist in “History and compliance”.",
    )
    code_set = models.ForeignKey(CodeSet, on_delete=models.PROTECT, related_name="guidance")
    first = models.CharField(
        "first code",
        max_length=24,
        blank=True,
        db_collation="C",
        help_text="With or without its dot. Codes below it are meant too: E11 is E11 to E11.A. "
        "Leave both empty for the whole code set.",
    )
    last = models.CharField(
        "last code",
        max_length=24,
        blank=True,
        db_collation="C",
        help_text="The end of the range, with the codes below it. Empty: the first code alone.",
    )
    title = models.CharField(max_length=120, help_text="What the text answers, in three to eight words.")
    body = models.TextField(
        "text",
        max_length=20_000,
        help_text="Markdown. A guideline: which code to choose, in what order, and the traps. A checklist: what "
        "the record must show, as a list. Under 300 words, in words of our own; never the AMA’s. Codes that are "
        "named become links.",
    )
    author_role = models.CharField(
        max_length=120, help_text="Who wrote it, as the page shows it: “Medical editor, Coding Ahead”."
    )
    sources = models.TextField(blank=True, help_text="One source a line: publisher, title, edition.")
    effective_on = models.DateField(
        null=True,
        blank=True,
        help_text="First day of service it is true for; empty: as far back as is loaded.",
    )
    terminated_on = models.DateField(
        null=True, blank=True, help_text="Last day of service it is true for; empty while it stands."
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    published = models.JSONField(default=dict, blank=True, editable=False, help_text="What readers see.")
    published_by = account()
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    seed = models.CharField(
        max_length=80, null=True, unique=True, editable=False, help_text="The file that it came with."
    )
    is_seed = models.BooleanField(
        default=False,
        editable=False,
        help_text="As it came with the site; “not yet reviewed” until a Reviewer publishes it.",
    )
    changed_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "guidance"
        permissions = [("publish_guidance", "Can publish guidance")]
        ordering = ["code_set__position", "first", "kind"]
        indexes = [models.Index(fields=["code_set", "first"], name="guidance_range")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first="", last="") | Q(first__gt="", first__lte=F("last")), name="guidance_order"
            ),
            ends_after_it_begins("guidance_days"),
        ]

    def __str__(self):
        return f"{self.title} ({self.where})"

    @property
    def where(self):
        """Whose page shows it: `ICD-10-CM E08–E13`, `CPT 20703`, `all of HCPCS Level II`."""
        name = self.code_set.name if self.code_set_id else ""
        return f"{name} {span(self.code_set.slug, self.first, self.last)}" if self.first else f"all of {name}"

    @property
    def is_public(self):
        """Whether readers see a text."""
        return bool(self.published)

    @property
    def is_ahead(self):
        """Whether the words differ from those that readers see."""
        return any(getattr(self, name) != self.published.get(name) for name in WORDS)

    def clean(self):
        """Spell the range as it is stored; refuse one that is turned round or holds no code."""
        self.first, self.last = normal(self.first), normal(self.last)
        self.last = self.last or self.first
        if self.last and not self.first:
            raise ValidationError({"first": "Give the first code of the range, or leave both empty."})
        if self.first > self.last:
            raise ValidationError({"last": "The range ends before it begins: exchange the two codes."})
        if self.code_set_id:
            self._check_code_set()

    def _check_code_set(self):
        if self.code_set.slug == "ms-drg" and self.kind == self.Kind.GUIDELINE:
            raise ValidationError({"kind": "MS-DRGs have no coding guidelines: write a checklist."})
        if self.first and not self.codes().exists():
            raise ValidationError(
                {
                    "first": f"No loaded code is in {self.where}: check the numbers, or load the code set first."
                }
            )

    def codes(self):
        """The loaded codes whose pages show it."""
        found = Code.objects.filter(code_set=self.code_set, kind=Code.Kind.CODE)
        return found.filter(code__gte=self.first, code__lte=self.last + AFTER_ALL) if self.first else found

    # what can be done; each is a line of history

    @transaction.atomic
    def revise(self, by, reason="Changed"):
        """Save what an editor wrote; what readers see, and where, stays as it is unless `by` may publish."""
        current = Guidance.objects.select_for_update(of=["self"]).filter(pk=self.pk).first()
        if current:
            mine = () if not current.is_public or by.has_perm("codes.publish_guidance") else SCOPE
            for name in (*mine, "published", "published_by", "published_at", "is_seed", "seed"):
                setattr(self, name, getattr(current, name))
        shown = self.is_public and not self.is_ahead
        self.state = self.State.PUBLISHED if shown else self.State.DRAFT
        self._record(by, reason if current else "Wrote the first draft")

    def publish(self, by):
        """Show the text to readers, as reviewed by `by` now."""
        self.published_by, self.published_at, self.is_seed = by, timezone.now(), False
        self.show(timezone.localdate())
        self._record(by, "Published")

    def withdraw(self, by):
        """Take the text off the site; it stays here as a draft."""
        self.state, self.published, self.published_by, self.published_at = self.State.DRAFT, {}, None, None
        self._record(by, "Withdrawn from readers")

    def show(self, on):
        """What readers see from now on: these words, with the day `on`, and the codes that they name."""
        words = {name: getattr(self, name) for name in WORDS}
        self.state = self.State.PUBLISHED
        self.published = words | {"on": on.isoformat(), "mentioned": lay_text.mentioned(self.body)}

    def _record(self, by, reason):
        self._history_user, self._change_reason = by, reason
        self.save()


def span(code_set, first, last):
    """A range as the page writes it: `E08–E13`, or the one code."""
    return dotted(code_set, first) if first == last else f"{dotted(code_set, first)}–{dotted(code_set, last)}"


def day_of(published):
    """The day that stands with a published text."""
    return date.fromisoformat(published["on"])
