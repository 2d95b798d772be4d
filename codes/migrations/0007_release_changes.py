from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("codes", "0006_pcs_value")]
    operations = []
