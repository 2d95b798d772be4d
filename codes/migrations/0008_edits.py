from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("codes", "0007_release_changes")]
    operations = []
