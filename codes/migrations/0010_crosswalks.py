"""General equivalence mappings; words of licensed files that are searched and never shown."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('codes', '0009_fees'),
    ]

    operations = [
        migrations.AlterField(
            model_name='term',
            name='source',
            field=models.CharField(choices=[('title', 'Title'), ('inclusion', 'Inclusion term'), ('index', 'Alphabetic index'), ('consumer', 'Consumer friendly descriptor: searched, never shown'), ('clinician', 'Clinician descriptor: searched, never shown')], max_length=10),
        ),
        migrations.CreateModel(
            name='Equivalence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('origin', models.CharField(choices=[('icd-9-cm', 'ICD-9-CM'), ('icd-9-pcs', 'ICD-9-CM procedures'), ('icd-10-cm', 'ICD-10-CM'), ('icd-10-pcs', 'ICD-10-PCS')], max_length=10, verbose_name='from')),
                ('target', models.CharField(choices=[('icd-9-cm', 'ICD-9-CM'), ('icd-9-pcs', 'ICD-9-CM procedures'), ('icd-10-cm', 'ICD-10-CM'), ('icd-10-pcs', 'ICD-10-PCS')], max_length=10, verbose_name='to')),
                ('code', models.CharField(db_collation='C', help_text='Undotted.', max_length=7)),
                ('mapped', models.CharField(blank=True, db_collation='C', help_text='Empty: no map.', max_length=7)),
                ('is_approximate', models.BooleanField()),
                ('is_combination', models.BooleanField(help_text='The source needs several targets together.')),
                ('scenario', models.PositiveSmallIntegerField(help_text='Which combination; 0 where there is none.')),
                ('choice', models.PositiveSmallIntegerField(help_text='Which list of it to choose one from.')),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'indexes': [models.Index(fields=['origin', 'code'], name='equivalence_code'), models.Index(fields=['target', 'mapped'], name='equivalence_mapped')],
            },
        ),
    ]
