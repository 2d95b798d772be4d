from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("codes", "0012_outpatient")]
    operations = []
