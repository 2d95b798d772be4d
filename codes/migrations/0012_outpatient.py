import codes.models.windows
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('codes', '0011_coverage'),
    ]

    operations = [
        migrations.CreateModel(
            name='DiagnosisEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('diagnosis', models.CharField(db_collation='C', max_length=7)),
                ('lowest_age', models.PositiveSmallIntegerField(help_text='Years; empty where there is no limit.', null=True)),
                ('highest_age', models.PositiveSmallIntegerField(null=True)),
                ('is_manifestation', models.BooleanField()),
                ('is_unacceptable_principal', models.BooleanField()),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('terminated_on__isnull', True), ('terminated_on__gte', models.F('effective_on')), _connector='OR'), name='diagnosis_edit_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('diagnosis', '='), (codes.models.windows.DaysBetween(models.F('effective_on'), models.F('terminated_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='diagnosis_edit_windows_apart')],
            },
        ),
        migrations.CreateModel(
            name='OutpatientStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(help_text='First day on which a loaded edition shows this row.')),
                ('terminated_on', models.DateField(blank=True, help_text='Last day of use; empty while open.', null=True)),
                ('procedure', models.CharField(db_collation='C', help_text='CPT, HCPCS or dental code.', max_length=5)),
                ('status', models.CharField(max_length=2, verbose_name='status indicator')),
                ('apc', models.CharField(blank=True, help_text='Five digits; empty where none is.', max_length=5, verbose_name='APC')),
                ('release', models.ForeignKey(help_text='The file that first gave this row.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='codes.release')),
            ],
            options={
                'verbose_name_plural': 'outpatient statuses',
                'constraints': [models.CheckConstraint(condition=models.Q(('terminated_on__isnull', True), ('terminated_on__gte', models.F('effective_on')), _connector='OR'), name='outpatient_status_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('procedure', '='), (codes.models.windows.DaysBetween(models.F('effective_on'), models.F('terminated_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='outpatient_status_windows_apart')],
            },
        ),
    ]
