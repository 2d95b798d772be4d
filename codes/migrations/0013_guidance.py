"""Our own guidelines and checklists, and who may write and publish them."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

NAMES = {
    "view": "Can view guidance",
    "add": "Can add guidance",
    "change": "Can change guidance",
    "publish": "Can publish guidance",
}
GROUPS = {"Editor": ("view", "add", "change"), "Reviewer": tuple(NAMES)}


def give_permissions(apps, schema_editor):
    """Editors draft, Reviewers publish; permissions are made here, as Django makes them only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="codes", model="guidance"
    )
    for group_name, verbs in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
        group.permissions.add(*(permission(apps, kind, verb) for verb in verbs))


def permission(apps, kind, verb):
    """The permission, under the name that Django gives it."""
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=f"{verb}_guidance", defaults={"name": NAMES[verb]}
    )
    return found


def take_permissions(apps, schema_editor):
    """Take them away again; the groups stay."""
    found = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="codes")
    found.filter(codename__in=[f"{verb}_guidance" for verb in NAMES]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("codes", "0012_outpatient"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalGuidance",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("guideline", "Guideline"), ("checklist", "Documentation checklist")],
                        help_text="A guideline stands in “Coding guidelines and notes”, a checklist in “History and compliance”.",
                        max_length=9,
                    ),
                ),
                (
                    "first",
                    models.CharField(
                        blank=True,
                        help_text="With or without its dot. Codes below it are meant too: E11 is E11 to E11.A. Leave both empty for the whole code set.",
                        max_length=24,
                        verbose_name="first code",
                    ),
                ),
                (
                    "last",
                    models.CharField(
                        blank=True,
                        help_text="The end of the range, with the codes below it. Empty: the first code alone.",
                        max_length=24,
                        verbose_name="last code",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="What the text answers, in three to eight words.", max_length=120
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown. A guideline: which code to choose, in what order, and the traps. A checklist: what the record must show, as a list. Under 300 words, in words of our own; never the AMA’s. Codes that are named become links.",
                        max_length=20000,
                        verbose_name="text",
                    ),
                ),
                (
                    "author_role",
                    models.CharField(
                        help_text="Who wrote it, as the page shows it: “Medical editor, Coding Ahead”.",
                        max_length=120,
                    ),
                ),
                (
                    "sources",
                    models.TextField(blank=True, help_text="One source a line: publisher, title, edition."),
                ),
                (
                    "effective_on",
                    models.DateField(
                        blank=True,
                        help_text="First day of service it is true for; empty: as far back as is loaded.",
                        null=True,
                    ),
                ),
                (
                    "terminated_on",
                    models.DateField(
                        blank=True,
                        help_text="Last day of service it is true for; empty while it stands.",
                        null=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "published",
                    models.JSONField(blank=True, default=dict, editable=False, help_text="What readers see."),
                ),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "seed",
                    models.CharField(
                        db_index=True,
                        editable=False,
                        help_text="The file that it came with.",
                        max_length=80,
                        null=True,
                    ),
                ),
                (
                    "is_seed",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="As it came with the site; “not yet reviewed” until a Reviewer publishes it.",
                    ),
                ),
                ("changed_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "code_set",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="codes.codeset",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical guidance",
                "verbose_name_plural": "historical guidance",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Guidance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("guideline", "Guideline"), ("checklist", "Documentation checklist")],
                        help_text="A guideline stands in “Coding guidelines and notes”, a checklist in “History and compliance”.",
                        max_length=9,
                    ),
                ),
                (
                    "first",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        help_text="With or without its dot. Codes below it are meant too: E11 is E11 to E11.A. Leave both empty for the whole code set.",
                        max_length=24,
                        verbose_name="first code",
                    ),
                ),
                (
                    "last",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        help_text="The end of the range, with the codes below it. Empty: the first code alone.",
                        max_length=24,
                        verbose_name="last code",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="What the text answers, in three to eight words.", max_length=120
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown. A guideline: which code to choose, in what order, and the traps. A checklist: what the record must show, as a list. Under 300 words, in words of our own; never the AMA’s. Codes that are named become links.",
                        max_length=20000,
                        verbose_name="text",
                    ),
                ),
                (
                    "author_role",
                    models.CharField(
                        help_text="Who wrote it, as the page shows it: “Medical editor, Coding Ahead”.",
                        max_length=120,
                    ),
                ),
                (
                    "sources",
                    models.TextField(blank=True, help_text="One source a line: publisher, title, edition."),
                ),
                (
                    "effective_on",
                    models.DateField(
                        blank=True,
                        help_text="First day of service it is true for; empty: as far back as is loaded.",
                        null=True,
                    ),
                ),
                (
                    "terminated_on",
                    models.DateField(
                        blank=True,
                        help_text="Last day of service it is true for; empty while it stands.",
                        null=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "published",
                    models.JSONField(blank=True, default=dict, editable=False, help_text="What readers see."),
                ),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "seed",
                    models.CharField(
                        editable=False,
                        help_text="The file that it came with.",
                        max_length=80,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "is_seed",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="As it came with the site; “not yet reviewed” until a Reviewer publishes it.",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "code_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance",
                        to="codes.codeset",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "guidance",
                "verbose_name_plural": "guidance",
                "ordering": ["code_set__position", "first", "kind"],
                "permissions": [("publish_guidance", "Can publish guidance")],
                "indexes": [models.Index(fields=["code_set", "first"], name="guidance_range")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first", ""), ("last", "")),
                            models.Q(("first__gt", ""), ("first__lte", models.F("last"))),
                            _connector="OR",
                        ),
                        name="guidance_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("terminated_on__isnull", True),
                            ("terminated_on__gte", models.F("effective_on")),
                            _connector="OR",
                        ),
                        name="guidance_days",
                    ),
                ],
            },
        ),
        migrations.RunPython(give_permissions, take_permissions),
    ]
