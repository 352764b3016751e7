from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.RunSQL(
            (SQL / "search.sql").read_text(),
            "DROP FUNCTION registry_search(text[], jsonb, int, text, bigint, int);"
            "DROP FUNCTION registry_count(text[], jsonb, int);"
            "DROP FUNCTION registry_condition(jsonb); DROP FUNCTION registry_reach();"
            "DROP FUNCTION registry_asked(text[]);",
        ),
    ]
