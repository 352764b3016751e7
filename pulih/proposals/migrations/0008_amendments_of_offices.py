"""Amendments are of offices and the ministry: reviewers read what they scored, and nothing since."""

from django.db import migrations

from pulih.people.scope import ScopeRule, ScopeThrough

OF_OFFICE = """(SELECT pulih_sees_country()) OR EXISTS (SELECT 1 FROM proposals_proposal one
    WHERE one.id = {table}.proposal_id
      AND one.province_id = ANY((SELECT pulih_provinces())::bigint[]))"""
AMENDED = ("proposals_amendment", "proposals_amendmentevent")
DECIDED = ("proposals_decidedrow", "proposals_decidedplace")
# What an amendment decided anew is hidden with it; what the decision itself said is read as before.
READS = """
DROP POLICY pulih_read ON {table};
CREATE POLICY pulih_read ON {table} FOR SELECT USING (
    EXISTS (SELECT 1 FROM proposals_proposal one WHERE one.id = {table}.proposal_id
        AND ({table}.amendment_id IS NULL OR (SELECT pulih_sees_country())
            OR one.province_id = ANY((SELECT pulih_provinces())::bigint[]))));
"""
READ_BEFORE = """
DROP POLICY pulih_read ON {table};
CREATE POLICY pulih_read ON {table} FOR SELECT USING (
    EXISTS (SELECT 1 FROM proposals_proposal WHERE proposals_proposal.id = {table}.proposal_id));
"""


def without(table: str) -> migrations.RunSQL:
    """Take the earlier policies away; backwards, put them back."""
    through = ScopeThrough(table, "proposals_proposal", "proposal_id")
    return migrations.RunSQL(through.reverse_sql, through.sql)


def of_office(table: str) -> ScopeRule:
    rule = OF_OFFICE.format(table=table)
    return ScopeRule(table, reads=rule, writes=rule)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0007_decided_places")]

    operations = [
        *(step(table) for table in AMENDED for step in (without, of_office)),
        *(
            migrations.RunSQL(READS.format(table=table), READ_BEFORE.format(table=table))
            for table in DECIDED
        ),
    ]
