"""The extensions and the text search configuration that the tables below stand on."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# unaccent() is not immutable, so it cannot stand in a generated column; a configuration may hold it
MAKE = """
CREATE TEXT SEARCH CONFIGURATION codes_english (COPY = english);
ALTER TEXT SEARCH CONFIGURATION codes_english
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(MAKE, "DROP TEXT SEARCH CONFIGURATION codes_english"),
    ]
