"""Release diffs, and what is published beside the tabular list: exemptions, lineage, index, definitions."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("codes", "0006_pcs_value")]

    operations = [
        migrations.AlterField(
            model_name='term',
            name='source',
            field=models.CharField(choices=[('title', 'Title'), ('inclusion', 'Inclusion term'), ('index', 'Alphabetic index')], max_length=10),
        ),
        migrations.CreateModel(
            name='CodeConversion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('current', models.CharField(db_collation='C', help_text='ICD-10-CM, undotted.', max_length=8)),
                ('converted_on', models.DateField(help_text='First day of the current code.')),
                ('previous', models.CharField(help_text='As printed: “C56.1 and C56.2”, “none”.', max_length=500)),
                ('previous_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list, help_text='The codes in it, undotted, ranges written out.', size=None)),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'indexes': [models.Index(fields=['current'], name='code_conversion_current'), django.contrib.postgres.indexes.GinIndex(fields=['previous_codes'], name='code_conversion_previous')],
            },
        ),
        migrations.CreateModel(
            name='IndexEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('diagnosis', models.CharField(db_collation='C', help_text='ICD-10-CM, undotted.', max_length=8)),
                ('part', models.CharField(choices=[('index', 'Index to diseases and injuries'), ('external', 'External cause of injuries index'), ('neoplasm', 'Table of neoplasms'), ('drug', 'Table of drugs and chemicals')], max_length=8)),
                ('path', models.CharField(help_text='The terms from the main term down, with commas.', max_length=500)),
                ('is_stem', models.BooleanField(help_text='Printed with a dash: choose a code below.')),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'indexes': [models.Index(fields=['diagnosis'], name='index_entry_diagnosis')],
            },
        ),
        migrations.CreateModel(
            name='PcsDefinition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('section', models.CharField(db_collation='C', max_length=1)),
                ('position', models.PositiveSmallIntegerField(help_text='1 to 7.')),
                ('title', models.CharField(help_text='The value’s label, such as Bypass.', max_length=200)),
                ('text', models.TextField(help_text='Definition.')),
                ('explanation', models.TextField(blank=True)),
                ('includes', models.TextField(blank=True, help_text='Terms that the value includes, one a line.')),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'indexes': [models.Index(fields=['section', 'position'], name='pcs_definition_place')],
            },
        ),
        migrations.CreateModel(
            name='PoaExemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('diagnosis', models.CharField(db_collation='C', help_text='ICD-10-CM, undotted.', max_length=8)),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'indexes': [models.Index(fields=['diagnosis'], name='poa_exemption_diagnosis')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(help_text='What kind of thing: code, PTP edit, MUE …', max_length=40)),
                ('change', models.CharField(choices=[('added', 'Added'), ('changed', 'Changed'), ('ended', 'Ended')], max_length=8)),
                ('subject', models.CharField(db_collation='C', help_text='The code, or the codes with a space, undotted.', max_length=60)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='codes.release')),
            ],
            options={
                'indexes': [models.Index(fields=['release', 'what', 'change', 'subject'], name='release_change_in_order'), models.Index(fields=['subject'], name='release_change_subject')],
            },
        ),
    ]
