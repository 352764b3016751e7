"""A notice and its mail are their person's alone; Pulih itself sends."""

from django.db import migrations

OWN = """(person_id = (SELECT pulih_person()) AND (SELECT pulih_role()) IS NOT NULL)
    OR (SELECT pulih_role()) = 'system'"""
POLICIES = f"""
ALTER TABLE workflow_notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON workflow_notice FOR SELECT USING ({OWN});
CREATE POLICY pulih_add ON workflow_notice FOR INSERT WITH CHECK ((SELECT pulih_writes()));
CREATE POLICY pulih_change ON workflow_notice FOR UPDATE USING ({OWN}) WITH CHECK ({OWN});
ALTER TABLE workflow_mail ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON workflow_mail FOR SELECT USING ({OWN});
CREATE POLICY pulih_add ON workflow_mail FOR INSERT
    WITH CHECK ((SELECT pulih_role()) = 'system');
CREATE POLICY pulih_change ON workflow_mail FOR UPDATE USING ({OWN}) WITH CHECK ({OWN});
ALTER TABLE workflow_mailchoice ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_own ON workflow_mailchoice USING ({OWN}) WITH CHECK ({OWN});
ALTER TABLE workflow_mailchoiceevent ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON workflow_mailchoiceevent FOR SELECT USING ({OWN});
CREATE POLICY pulih_add ON workflow_mailchoiceevent FOR INSERT WITH CHECK ({OWN});
"""
WITHOUT_POLICIES = """
DROP POLICY pulih_add ON workflow_mailchoiceevent;
DROP POLICY pulih_read ON workflow_mailchoiceevent;
DROP POLICY pulih_own ON workflow_mailchoice;
DROP POLICY pulih_change ON workflow_mail;
DROP POLICY pulih_add ON workflow_mail;
DROP POLICY pulih_read ON workflow_mail;
DROP POLICY pulih_change ON workflow_notice;
DROP POLICY pulih_add ON workflow_notice;
DROP POLICY pulih_read ON workflow_notice;
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0003_notices")]

    operations = [migrations.RunSQL(POLICIES, WITHOUT_POLICIES)]
