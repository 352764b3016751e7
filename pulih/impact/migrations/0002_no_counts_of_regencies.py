"""Regencies are counted from their reports or read in a release; nothing is kept of them."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("impact", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "DELETE FROM impact_affectedcount n USING areas_area a"
            " WHERE a.id = n.area_id AND a.level = 'regency'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("affectedcount", "is_hidden"),
    ]
