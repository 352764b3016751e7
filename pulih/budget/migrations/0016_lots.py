"""Documents are posted together from arrays of what is asked, and later days of a line are found."""

from typing import ClassVar

from django.db import migrations, models

TYPES = """
CREATE TYPE budget_asked AS (
    place integer, kind text, number text, unit bigint, year integer, effective date,
    reason text, party text, method text, batch bigint, person bigint, role text,
    province bigint, edition integer, posting bigint, is_new boolean, refused text, facts jsonb);
CREATE TYPE budget_movement AS (place integer, at integer, line bigint, amount text, rupiah bigint);
CREATE TYPE budget_line_movement AS (
    place integer, at integer, line bigint, effective date, is_ours boolean,
    ceiling bigint, blocked bigint, committed bigint, realised bigint, free bigint, unpaid bigint);
CREATE TYPE budget_line_margins AS (
    at integer, free bigint, unpaid bigint, paid bigint, held bigint,
    least_free bigint, least_unpaid bigint, least_paid bigint, least_held bigint);
"""
NO_TYPES = "DROP TYPE budget_asked, budget_movement, budget_line_movement, budget_line_margins"
OLD_FUNCTIONS = """
DROP FUNCTION IF EXISTS budget_judge_doors_of_list(bigint);
DROP FUNCTION IF EXISTS budget_judge_in_order();
DROP FUNCTION IF EXISTS budget_accepted_before(bigint, integer);
DROP FUNCTION IF EXISTS budget_doubtful_days();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("budget", "0015_treasury_leaves")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["line", "effective_on"],
                include=["amount_kind", "rupiah"],
                name="budget_entry_by_day",
            ),
        ),
        migrations.RunSQL(TYPES, NO_TYPES),
        migrations.RunSQL(OLD_FUNCTIONS, migrations.RunSQL.noop),
    ]
