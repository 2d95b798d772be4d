"""The groups Editor and Reviewer, each with just what its work needs."""

from django.db import migrations

EDITOR = {
    "view": ("code", "codeset", "release", "laydescription", "errorreport"),
    "add": ("laydescription",),
    "change": ("laydescription", "errorreport"),
}
GROUPS = {"Editor": EDITOR, "Reviewer": EDITOR | {"publish": ("laydescription",)}}


def make_groups(apps, schema_editor):
    """Make the groups; permissions are made here, as Django makes them only after all migrations have run."""
    group_model = apps.get_model("auth", "Group")
    for name, verbs in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(*(permission(apps, verb, model) for verb, models in verbs.items() for model in models))


def permission(apps, verb, model):
    """The permission, under the name that Django gives it."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="codes", model=model)
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=f"{verb}_{model}", defaults={"name": name_of(apps, verb, model)}
    )
    return found


def name_of(apps, verb, model):
    """Such as `Can change lay description`."""
    if verb == "publish":
        return "Can publish lay descriptions"
    return f"Can {verb} {apps.get_model('codes', model)._meta.verbose_name}"


def drop_groups(apps, schema_editor):
    """Take the two groups away again; accounts stay."""
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("codes", "0004_lay_description_steps"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, drop_groups)]
