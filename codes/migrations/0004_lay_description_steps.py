"""Who sent a text for review, what the Reviewer asks for, and all that readers see in columns of its own."""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def show_what_was_shown(apps, schema_editor):
    """Published texts keep the author, sources and day that readers have seen with them."""
    published = apps.get_model("codes", "LayDescription").objects.exclude(published_body="")
    published.update(
        published_author_role=models.F("author_role"),
        published_sources=models.F("sources"),
        published_drafted_on=models.F("drafted_on"),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('codes', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='errorreport',
            name='done_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='done_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicallaydescription',
            name='published_author_role',
            field=models.CharField(blank=True, editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name='historicallaydescription',
            name='published_drafted_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicallaydescription',
            name='published_sources',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='historicallaydescription',
            name='return_reason',
            field=models.TextField(blank=True, editable=False, help_text='What the Reviewer asks for; empty once it is sent again.'),
        ),
        migrations.AddField(
            model_name='historicallaydescription',
            name='submitted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicallaydescription',
            name='submitted_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='laydescription',
            name='published_author_role',
            field=models.CharField(blank=True, editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name='laydescription',
            name='published_drafted_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='laydescription',
            name='published_sources',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='laydescription',
            name='return_reason',
            field=models.TextField(blank=True, editable=False, help_text='What the Reviewer asks for; empty once it is sent again.'),
        ),
        migrations.AddField(
            model_name='laydescription',
            name='submitted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='laydescription',
            name='submitted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='errorreport',
            name='email',
            field=models.EmailField(blank=True, help_text='Only where the reader asked for an answer.', max_length=254, verbose_name='e-mail address'),
        ),
        migrations.AlterField(
            model_name='errorreport',
            name='text',
            field=models.TextField(max_length=1000, verbose_name='what is wrong'),
        ),
        migrations.AlterField(
            model_name='historicallaydescription',
            name='body',
            field=models.TextField(help_text="Markdown. Say what it is, why it is done or coded, how it goes, and what it is not (name the neighbouring codes; they become links). 120 to 250 words in short paragraphs. Never the AMA's words.", verbose_name='text'),
        ),
        migrations.AlterField(
            model_name='laydescription',
            name='body',
            field=models.TextField(help_text="Markdown. Say what it is, why it is done or coded, how it goes, and what it is not (name the neighbouring codes; they become links). 120 to 250 words in short paragraphs. Never the AMA's words.", verbose_name='text'),
        ),
        migrations.RunPython(show_what_was_shown, migrations.RunPython.noop, elidable=True),
    ]
