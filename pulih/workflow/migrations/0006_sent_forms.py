"""Which forms were carried out, and what was answered; sql/sent_forms.sql reads and writes it."""

from django.db import migrations

TABLE = """
CREATE TABLE workflow_sentform (
    form bytea PRIMARY KEY, answer bytea NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE INDEX workflow_sentform_at ON workflow_sentform USING brin (at);
ALTER TABLE workflow_sentform ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON workflow_sentform FROM PUBLIC, pulih_app;
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0005_decisions")]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE workflow_sentform")]
