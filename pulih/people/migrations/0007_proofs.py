"""Where PostgreSQL keeps the key of proofs: the serving role reads it through a function alone."""

from django.db import migrations

TABLE = """
CREATE TABLE people_proofkey (inner_pad bytea PRIMARY KEY, outer_pad bytea NOT NULL);
REVOKE ALL ON people_proofkey FROM PUBLIC, pulih_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_sealed_rows")]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE people_proofkey")]
