"""Give the revisions of adopted plans the titles that people know them by."""

from typing import ClassVar

from django.db import migrations

TITLES = """
UPDATE budget_revision r SET title = a.title, judged_on = a.as_of
FROM planning_adoption a JOIN planning_solution s ON s.id = a.solution_id
WHERE r.source = 'scenario:' || s.scenario_id AND r.title = ''
"""
TOTALS = """
UPDATE budget_revision r SET set_total = t.total
FROM (SELECT source, sum(declared_total) AS total FROM budget_revision GROUP BY source) t
WHERE t.source = r.source AND r.set_total IS NULL AND r.source LIKE 'scenario:%'
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("planning", "0001_initial"),
        ("budget", "0003_revisions"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(TITLES, migrations.RunSQL.noop),
        migrations.RunSQL(TOTALS, migrations.RunSQL.noop),
    ]
