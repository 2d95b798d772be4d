"""The labels of ICD-10-PCS characters, learned from the titles of each table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("codes", "0005_editor_and_reviewer")]
    operations = [
        migrations.CreateModel(
            name='PcsValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('prefix', models.CharField(db_collation='C', help_text="The table's three characters, or a whole code.", max_length=7)),
                ('position', models.PositiveSmallIntegerField(help_text='1 to 7.')),
                ('character', models.CharField(db_collation='C', max_length=1)),
                ('label', models.CharField(max_length=200)),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'verbose_name': 'ICD-10-PCS value',
                'verbose_name_plural': 'ICD-10-PCS values',
                'indexes': [models.Index(fields=['prefix'], name='pcs_value_prefix')],
            },
        ),
    ]
