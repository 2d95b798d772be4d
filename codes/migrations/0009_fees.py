import codes.models.windows
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("codes", "0008_edits"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnesthesiaBase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(help_text="First day on which a loaded edition shows this row."),
                ),
                (
                    "terminated_on",
                    models.DateField(blank=True, help_text="Last day of use; empty while open.", null=True),
                ),
                (
                    "procedure",
                    models.CharField(db_collation="C", help_text="CPT, HCPCS or dental code.", max_length=5),
                ),
                ("units", models.PositiveSmallIntegerField()),
                (
                    "release",
                    models.ForeignKey(
                        help_text="The file that first gave this row.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="codes.release",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("terminated_on__isnull", True),
                            ("terminated_on__gte", models.F("effective_on")),
                            _connector="OR",
                        ),
                        name="anesthesia_base_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("procedure", "="),
                            (
                                codes.models.windows.DaysBetween(
                                    models.F("effective_on"),
                                    models.F("terminated_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="anesthesia_base_windows_apart",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Locality",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(help_text="First day on which a loaded edition shows this row."),
                ),
                (
                    "terminated_on",
                    models.DateField(blank=True, help_text="Last day of use; empty while open.", null=True),
                ),
                ("mac", models.CharField(max_length=5, verbose_name="MAC")),
                ("number", models.CharField(max_length=2)),
                ("state", models.CharField(max_length=2)),
                ("name", models.CharField(max_length=120)),
                ("counties", models.TextField(blank=True)),
                ("work", models.DecimalField(decimal_places=3, help_text="GPCI of work.", max_digits=6)),
                ("practice_expense", models.DecimalField(decimal_places=3, max_digits=6)),
                ("malpractice", models.DecimalField(decimal_places=3, max_digits=6)),
                (
                    "work_floor",
                    models.DecimalField(
                        decimal_places=3,
                        help_text="The floor that the work index includes.",
                        max_digits=6,
                        null=True,
                    ),
                ),
                (
                    "anesthesia_factor",
                    models.DecimalField(
                        decimal_places=4,
                        help_text="Dollars for one anesthesia unit.",
                        max_digits=10,
                        null=True,
                    ),
                ),
                (
                    "national_anesthesia_factor",
                    models.DecimalField(decimal_places=4, max_digits=10, null=True),
                ),
                (
                    "release",
                    models.ForeignKey(
                        help_text="The file that first gave this row.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="codes.release",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "localities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("terminated_on__isnull", True),
                            ("terminated_on__gte", models.F("effective_on")),
                            _connector="OR",
                        ),
                        name="locality_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("mac", "="),
                            ("number", "="),
                            (
                                codes.models.windows.DaysBetween(
                                    models.F("effective_on"),
                                    models.F("terminated_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="locality_windows_apart",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OppsCap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(help_text="First day on which a loaded edition shows this row."),
                ),
                (
                    "terminated_on",
                    models.DateField(blank=True, help_text="Last day of use; empty while open.", null=True),
                ),
                (
                    "procedure",
                    models.CharField(db_collation="C", help_text="CPT, HCPCS or dental code.", max_length=5),
                ),
                ("modifier", models.CharField(blank=True, max_length=2)),
                ("mac", models.CharField(max_length=5, verbose_name="MAC")),
                ("number", models.CharField(max_length=2)),
                ("facility", models.DecimalField(decimal_places=2, help_text="Dollars.", max_digits=9)),
                ("nonfacility", models.DecimalField(decimal_places=2, help_text="Dollars.", max_digits=9)),
                (
                    "release",
                    models.ForeignKey(
                        help_text="The file that first gave this row.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="codes.release",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["procedure", "mac", "number"], name="opps_cap_procedure")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("terminated_on__isnull", True),
                            ("terminated_on__gte", models.F("effective_on")),
                            _connector="OR",
                        ),
                        name="opps_cap_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RelativeValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(help_text="First day on which a loaded edition shows this row."),
                ),
                (
                    "terminated_on",
                    models.DateField(blank=True, help_text="Last day of use; empty while open.", null=True),
                ),
                (
                    "procedure",
                    models.CharField(db_collation="C", help_text="CPT, HCPCS or dental code.", max_length=5),
                ),
                ("modifier", models.CharField(blank=True, help_text="Empty, 26, TC or 53.", max_length=2)),
                ("status", models.CharField(max_length=1)),
                ("not_used_for_medicare", models.BooleanField()),
                ("work", models.DecimalField(decimal_places=2, max_digits=9)),
                ("nonfacility_pe", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "nonfacility_na",
                    models.BooleanField(help_text="Rarely or never done there, so no amount is given."),
                ),
                ("facility_pe", models.DecimalField(decimal_places=2, max_digits=9)),
                ("facility_na", models.BooleanField()),
                ("malpractice", models.DecimalField(decimal_places=2, max_digits=9)),
                ("nonfacility_total", models.DecimalField(decimal_places=2, max_digits=9)),
                ("facility_total", models.DecimalField(decimal_places=2, max_digits=9)),
                ("pctc", models.CharField(max_length=1, verbose_name="PC/TC")),
                ("global_days", models.CharField(max_length=3)),
                (
                    "preoperative",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Share of the global package before the operation, 0 to 1.",
                        max_digits=9,
                    ),
                ),
                ("intraoperative", models.DecimalField(decimal_places=2, max_digits=9)),
                ("postoperative", models.DecimalField(decimal_places=2, max_digits=9)),
                ("multiple_procedures", models.CharField(max_length=1)),
                ("bilateral", models.CharField(max_length=1)),
                ("assistant", models.CharField(max_length=1)),
                ("co_surgeons", models.CharField(max_length=1)),
                ("team", models.CharField(max_length=1)),
                ("endoscopic_base", models.CharField(blank=True, max_length=5)),
                (
                    "conversion_factor",
                    models.DecimalField(decimal_places=4, help_text="Dollars for one unit.", max_digits=10),
                ),
                (
                    "qpp_conversion_factor",
                    models.DecimalField(
                        decimal_places=4,
                        help_text="For participants of an advanced payment model; from 2026.",
                        max_digits=10,
                        null=True,
                    ),
                ),
                ("supervision", models.CharField(max_length=2)),
                ("calculation_flag", models.CharField(max_length=1)),
                ("imaging_family", models.CharField(max_length=2)),
                (
                    "opps_nonfacility_pe",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Practice expense under the cap of the outpatient system.",
                        max_digits=9,
                    ),
                ),
                ("opps_facility_pe", models.DecimalField(decimal_places=2, max_digits=9)),
                ("opps_malpractice", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "release",
                    models.ForeignKey(
                        help_text="The file that first gave this row.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="codes.release",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("terminated_on__isnull", True),
                            ("terminated_on__gte", models.F("effective_on")),
                            _connector="OR",
                        ),
                        name="relative_value_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("procedure", "="),
                            ("modifier", "="),
                            (
                                codes.models.windows.DaysBetween(
                                    models.F("effective_on"),
                                    models.F("terminated_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="relative_value_windows_apart",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZipLocality",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(help_text="First day on which a loaded edition shows this row."),
                ),
                (
                    "terminated_on",
                    models.DateField(blank=True, help_text="Last day of use; empty while open.", null=True),
                ),
                ("zip", models.CharField(db_collation="C", max_length=5, verbose_name="ZIP code")),
                ("state", models.CharField(max_length=2)),
                ("mac", models.CharField(max_length=5, verbose_name="MAC")),
                ("number", models.CharField(max_length=2)),
                ("is_split", models.BooleanField()),
                (
                    "release",
                    models.ForeignKey(
                        help_text="The file that first gave this row.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="codes.release",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("terminated_on__isnull", True),
                            ("terminated_on__gte", models.F("effective_on")),
                            _connector="OR",
                        ),
                        name="zip_locality_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("zip", "="),
                            (
                                codes.models.windows.DaysBetween(
                                    models.F("effective_on"),
                                    models.F("terminated_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="zip_locality_windows_apart",
                    ),
                ],
            },
        ),
    ]
