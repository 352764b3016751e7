"""Who sees which step and duty, one holder of a post a day, one open duty of each open subject."""

from django.db import migrations

from pulih.people.scope import ScopeTable

# The file sql/duties.sql has the bodies; policies and constraint triggers need the names now.
NAMES = """
CREATE FUNCTION workflow_posts() RETURNS bigint[] LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT '{}'::bigint[] $$;
CREATE FUNCTION workflow_one_duty() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN NULL; END $$;
"""
WITHOUT_NAMES = "DROP FUNCTION workflow_one_duty(); DROP FUNCTION workflow_posts();"

ONE_DUTY = """
CREATE CONSTRAINT TRIGGER workflow_steps_leave_one_duty AFTER INSERT ON workflow_step
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_one_duty();
CREATE CONSTRAINT TRIGGER workflow_duties_leave_one AFTER INSERT OR UPDATE ON workflow_duty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_one_duty();
"""
WITHOUT_ONE_DUTY = """
DROP TRIGGER workflow_duties_leave_one ON workflow_duty;
DROP TRIGGER workflow_steps_leave_one_duty ON workflow_step;
"""

# A range of one number stands for the number: an index of ranges needs no extension.
ONE_HOLDER = """
ALTER TABLE workflow_postholder ADD CONSTRAINT workflow_holder_one_a_day
    EXCLUDE USING gist (int8range(post_id, post_id, '[]') WITH &&, daterange(since, until) WITH &&);
"""
WITHOUT_ONE_HOLDER = "ALTER TABLE workflow_postholder DROP CONSTRAINT workflow_holder_one_a_day"

SEES = """(SELECT pulih_sees_country())
    OR province_id = ANY((SELECT pulih_provinces())::bigint[])
    OR regency_id = ANY((SELECT pulih_regencies())::bigint[])
    OR person_id = (SELECT pulih_person()) OR post_id = ANY((SELECT workflow_posts())::bigint[])"""
DUTY = f"""
ALTER TABLE workflow_duty ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON workflow_duty FOR SELECT USING ({SEES});
CREATE POLICY pulih_add ON workflow_duty FOR INSERT
    WITH CHECK ((SELECT pulih_writes()) AND ({SEES}));
CREATE POLICY pulih_change ON workflow_duty FOR UPDATE
    USING ((SELECT pulih_writes()) AND ({SEES})) WITH CHECK ((SELECT pulih_writes()));
ALTER TABLE workflow_dutyevent ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON workflow_dutyevent FOR SELECT USING ({SEES});
CREATE POLICY pulih_add ON workflow_dutyevent FOR INSERT WITH CHECK ((SELECT pulih_writes()));
"""

# Who holds a post is for everybody to know; only administrators say it.
POSTS = """
ALTER TABLE workflow_post ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON workflow_post FOR SELECT USING ((SELECT pulih_role()) IS NOT NULL);
CREATE POLICY pulih_add ON workflow_post FOR INSERT WITH CHECK ((SELECT pulih_writes()));
CREATE POLICY pulih_change ON workflow_post FOR UPDATE
    USING ((SELECT pulih_role()) IN ('administrator', 'system'));
ALTER TABLE workflow_postholder ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON workflow_postholder FOR SELECT
    USING ((SELECT pulih_role()) IS NOT NULL);
CREATE POLICY pulih_write ON workflow_postholder
    USING ((SELECT pulih_role()) IN ('administrator', 'system'))
    WITH CHECK ((SELECT pulih_role()) IN ('administrator', 'system'));
"""
POST_HISTORY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON {table} FOR SELECT USING ((SELECT pulih_role()) IS NOT NULL);
CREATE POLICY pulih_add ON {table} FOR INSERT WITH CHECK ((SELECT pulih_writes()));
"""
WITHOUT_POLICIES = """
DO $$ DECLARE policy record; BEGIN
    FOR policy IN SELECT tablename, policyname FROM pg_policies WHERE tablename IN
        ('workflow_duty', 'workflow_dutyevent', 'workflow_post', 'workflow_postevent',
         'workflow_postholder', 'workflow_postholderevent') LOOP
        EXECUTE format('DROP POLICY %I ON %I', policy.policyname, policy.tablename);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial"), ("people", "0002_scope")]

    operations = [
        migrations.RunSQL(NAMES, WITHOUT_NAMES),
        ScopeTable("workflow_step"),
        migrations.RunSQL(DUTY + POSTS, WITHOUT_POLICIES),
        migrations.RunSQL(POST_HISTORY.format(table="workflow_postevent"), ""),
        migrations.RunSQL(POST_HISTORY.format(table="workflow_postholderevent"), ""),
        migrations.RunSQL(ONE_HOLDER, WITHOUT_ONE_HOLDER),
        migrations.RunSQL(ONE_DUTY, WITHOUT_ONE_DUTY),
    ]
