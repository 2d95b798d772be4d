"""CMS's HCPCS Level II file with its fields, and Medicare's coverage policies."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('codes', '0010_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ncd', 'National coverage determination (NCD)'), ('lcd', 'Local coverage determination (LCD)'), ('article', 'Article')], max_length=7)),
                ('number', models.CharField(help_text='As CMS calls it: 240.4, L33718, A52467.', max_length=20)),
                ('document', models.PositiveIntegerField(help_text="Its number in CMS's addresses.", null=True)),
                ('version', models.PositiveIntegerField(null=True)),
                ('title', models.CharField(max_length=400)),
                ('status', models.CharField(blank=True, help_text="CMS's letter: A active, R retired, F future.", max_length=1)),
                ('effective_on', models.DateField(help_text='First day of this version; empty where not told.', null=True)),
                ('ends_on', models.DateField(help_text='Last day; empty while open.', null=True)),
                ('contractors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, help_text='MACs by name.', size=None)),
                ('states', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('related', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, help_text='Numbers of related policies.', size=None)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='policies', to='codes.release')),
            ],
            options={
                'verbose_name_plural': 'policies',
            },
        ),
        migrations.CreateModel(
            name='PolicyGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('procedures', 'Procedure codes'), ('covered', 'Diagnoses that support medical necessity'), ('noncovered', 'Diagnoses that do not support it')], max_length=10)),
                ('number', models.PositiveIntegerField()),
                ('paragraph', models.TextField(blank=True)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(db_collation='C', max_length=8), default=list, help_text='Undotted.', size=None)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='codes.policy')),
            ],
        ),
        migrations.CreateModel(
            name='ProcessingNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(db_collation='C', max_length=4)),
                ('text', models.TextField()),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='processing_notes', to='codes.release')),
            ],
        ),
        migrations.CreateModel(
            name='HcpcsFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', help_text='A code, or the two characters of a modifier.', max_length=5)),
                ('is_modifier', models.BooleanField()),
                ('position', models.PositiveIntegerField(help_text='Its place in the file.')),
                ('lines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), help_text='The long text as the file breaks it.', size=None)),
                ('long', models.TextField(help_text='The lines joined.')),
                ('short', models.CharField(blank=True, max_length=28)),
                ('pricing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=2), default=list, help_text='How the price is made: up to four indicators.', size=None)),
                ('multiple_pricing', models.CharField(blank=True, max_length=1)),
                ('ncd_sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=6), default=list, help_text='Sections of the coverage issues manual (CIM), now the NCD manual.', size=None)),
                ('manual_sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=8), default=list, help_text='Sections of the Medicare carriers manual (MCM).', size=None)),
                ('statute', models.CharField(blank=True, max_length=10)),
                ('lab_certifications', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=3), default=list, size=None)),
                ('cross_references', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=5), default=list, help_text='Where a deleted or invalid code leads.', size=None)),
                ('coverage', models.CharField(blank=True, help_text='C, D, I, M or S.', max_length=1)),
                ('asc_group', models.CharField(blank=True, help_text='YY: approved.', max_length=2, verbose_name='ASC payment group')),
                ('asc_on', models.DateField(null=True, verbose_name='in the ASC group since')),
                ('mog_group', models.CharField(blank=True, max_length=3, verbose_name='MOG payment group')),
                ('mog_policy', models.CharField(blank=True, max_length=1)),
                ('mog_on', models.DateField(null=True)),
                ('processing_note', models.CharField(blank=True, help_text='Number of the note.', max_length=4)),
                ('betos', models.CharField(blank=True, max_length=3, verbose_name='BETOS')),
                ('types_of_service', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=1), default=list, size=None)),
                ('anesthesia_units', models.PositiveSmallIntegerField(null=True)),
                ('added_on', models.DateField(null=True)),
                ('acted_on', models.DateField(help_text='Effective date of the last action.', null=True)),
                ('terminated_on', models.DateField(help_text='Last day on which it may be used.', null=True)),
                ('action', models.CharField(blank=True, max_length=1)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hcpcs_facts', to='codes.release')),
            ],
            options={
                'ordering': ['release', 'position'],
                'indexes': [models.Index(fields=['code'], name='hcpcs_fact_code'), django.contrib.postgres.indexes.GinIndex(fields=['cross_references'], name='hcpcs_fact_named')],
                'constraints': [models.UniqueConstraint(fields=('release', 'code'), name='hcpcs_fact_once_in_an_edition')],
            },
        ),
        migrations.AddIndex(
            model_name='policy',
            index=models.Index(fields=['release', 'kind', 'document'], name='policy_document'),
        ),
        migrations.AddIndex(
            model_name='policygroup',
            index=django.contrib.postgres.indexes.GinIndex(fields=['codes'], name='policy_group_codes'),
        ),
        migrations.AddConstraint(
            model_name='processingnote',
            constraint=models.UniqueConstraint(fields=('release', 'number'), name='processing_note_once_in_an_edition'),
        ),
    ]
