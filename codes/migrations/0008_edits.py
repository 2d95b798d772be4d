import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('codes', '0007_release_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rationale',
            fields=[
                ('id', models.SmallAutoField(primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=120, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='AddOnEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('edit_type', models.SmallIntegerField(help_text="1: this list of primary codes; 2: the contractor's; 3: both.")),
                ('addon_code', models.CharField(db_collation='C', max_length=5)),
                ('primary_code', models.CharField(db_collation='C', max_length=5)),
                ('addon_ended_on', models.DateField(null=True)),
                ('primary_ended_on', models.DateField(null=True)),
                ('edit_began_on', models.DateField(null=True)),
                ('edit_ended_on', models.DateField(null=True)),
                ('instruction', models.TextField(blank=True, help_text="CMS's special instruction.")),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'indexes': [models.Index(fields=['addon_code', 'primary_code'], name='addon_by_addon'), models.Index(fields=['primary_code', 'addon_code'], name='addon_by_primary')],
                'constraints': [models.CheckConstraint(condition=models.Q(('edit_type__in', [1, 2, 3])), name='addon_edit_type'), models.CheckConstraint(condition=models.Q(('terminated_on__isnull', True), ('terminated_on__gte', models.F('effective_on')), _connector='OR'), name='addon_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='MueEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('setting', models.CharField(choices=[('practitioner', 'Practitioner'), ('outpatient', 'Hospital outpatient'), ('dme', 'Equipment supplier')], max_length=12)),
                ('code', models.CharField(db_collation='C', max_length=5)),
                ('value', models.PositiveIntegerField(help_text='Units of service.')),
                ('adjudication', models.CharField(help_text='MAI with its words, as in the file.', max_length=60)),
                ('rationale', models.CharField(max_length=120)),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'indexes': [models.Index(fields=['code'], name='mue_by_code')],
                'constraints': [models.UniqueConstraint(fields=('setting', 'code', 'effective_on'), name='mue_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='PtpEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day; empty in a demonstration whose source lacked it.', null=True)),
                ('terminated_on', models.DateField(help_text='Last day; empty while open.', null=True)),
                ('setting', models.SmallIntegerField(choices=[(1, 'Practitioner'), (2, 'Hospital outpatient')])),
                ('indicator', models.SmallIntegerField(choices=[(0, 'No modifier lifts it'), (1, 'A modifier may lift it'), (9, 'Deleted back to its first day: never in force')])),
                ('is_before_1996', models.BooleanField(help_text="The file's star: the edit stood before 1996.")),
                ('column_one', models.CharField(db_collation='C', max_length=5)),
                ('column_two', models.CharField(db_collation='C', max_length=5)),
                ('release', models.ForeignKey(db_constraint=False, db_index=False, help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
                ('rationale', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='codes.rationale')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'column_one', 'column_two'], include=('indicator', 'effective_on', 'terminated_on'), name='ptp_by_column_one'), models.Index(fields=['setting', 'column_two', 'column_one'], include=('indicator', 'effective_on', 'terminated_on'), name='ptp_by_column_two')],
            },
        ),
    ]
