"""Who reads what is sealed: those who see the country. Triggers alone write it, as the owner."""

from django.db import migrations

WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON {table} FOR SELECT USING ((SELECT pulih_sees_country()));
REVOKE INSERT, UPDATE, DELETE ON {table} FROM pulih_app;
"""
WITHOUT = """
GRANT INSERT, UPDATE, DELETE ON {table} TO pulih_app;
DROP POLICY pulih_read ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_steward_role"), ("audit", "0003_seal")]

    operations = [
        migrations.RunSQL(WALL.format(table=table), WITHOUT.format(table=table))
        for table in ("audit_rowchange", "audit_sealedrows")
    ]
