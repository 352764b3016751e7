from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    """Counts of what is missing, by area; the list is filtered by the same gaps."""

    dependencies = [("registry", "0003_linking")]

    operations = [
        migrations.RunSQL(
            (SQL / "quality.sql").read_text(),
            "DROP FUNCTION registry_quality(); DROP FUNCTION registry_quality_state();",
        ),
    ]
