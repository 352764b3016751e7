"""Who sees what, as PostgreSQL knows it: functions that every policy asks, and the first policies."""

from django.contrib.auth.hashers import make_password
from django.db import migrations

# Definer functions run with the owner's rights, so a policy may ask them about tables that
# the serving role cannot read past; the search path is fixed, so nobody can slip in a table.
FUNCTIONS = """
CREATE FUNCTION pulih_person() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('pulih.person', true), '')::bigint
$$;

CREATE FUNCTION pulih_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date
$$;

CREATE FUNCTION pulih_role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT role FROM people_user WHERE id = pulih_person() AND is_active
$$;

CREATE FUNCTION pulih_reaches() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT area_id FROM people_reach
    WHERE user_id = pulih_person() AND pulih_role() IS NOT NULL
      AND valid_from <= pulih_today() AND (valid_to IS NULL OR valid_to > pulih_today())
$$;

CREATE FUNCTION pulih_sees_country() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(pulih_role() = 'system', false) OR 1 IN (SELECT pulih_reaches())
$$;

CREATE FUNCTION pulih_provinces() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(id), '{}') FROM areas_area
    WHERE level = 'province' AND id IN (SELECT pulih_reaches())
$$;

CREATE FUNCTION pulih_regencies() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT descendant_id), '{}')
    FROM areas_areaclosure closure JOIN areas_area area ON area.id = descendant_id
    WHERE area.level = 'regency' AND ancestor_id IN (SELECT pulih_reaches())
      AND closure.valid_from <= pulih_today()
      AND (closure.valid_to IS NULL OR closure.valid_to > pulih_today())
$$;

CREATE FUNCTION pulih_writes() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(pulih_role() <> 'auditor', false)
$$;
"""

WITHOUT_FUNCTIONS = """
DROP FUNCTION pulih_writes(); DROP FUNCTION pulih_regencies(); DROP FUNCTION pulih_provinces();
DROP FUNCTION pulih_sees_country(); DROP FUNCTION pulih_reaches(); DROP FUNCTION pulih_role();
DROP FUNCTION pulih_today(); DROP FUNCTION pulih_person();
"""

# Everybody who acts leaves a record under her own name, auditors too; Pulih itself writes for those
# whose work it carries out. Who sees the country, and whoever did it, reads.
RECORD = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON {table} FOR SELECT
    USING (person_id = (SELECT pulih_person()) OR (SELECT pulih_sees_country())
           OR (SELECT pulih_role()) = 'administrator');
CREATE POLICY pulih_add ON {table} FOR INSERT
    WITH CHECK (person_id = (SELECT pulih_person()) OR (SELECT pulih_role()) = 'system');
"""

# A reach is read to decide, so all may read; only administrators give and take it.
REACH = """
ALTER TABLE people_reach ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON people_reach FOR SELECT USING (true);
CREATE POLICY pulih_write ON people_reach
    USING ((SELECT pulih_role()) IN ('administrator', 'system'))
    WITH CHECK ((SELECT pulih_role()) IN ('administrator', 'system'));
"""

HISTORY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY pulih_read ON {table} FOR SELECT
    USING ((SELECT pulih_role()) IN ('administrator', 'auditor', 'system'));
CREATE POLICY pulih_add ON {table} FOR INSERT WITH CHECK (true);
"""

WITHOUT_POLICIES = """
DO $$ DECLARE policy record; BEGIN
    FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = '{table}' LOOP
        EXECUTE format('DROP POLICY %%I ON {table}', policy.policyname);
    END LOOP;
END $$;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


def add_system(apps, schema_editor):
    """Add the one identity that commands and clocks act under; nobody can sign in as it."""
    apps.get_model("people", "User").objects.get_or_create(
        username="pulih",
        defaults={"role": "system", "name": "Pulih", "password": make_password(None)},
    )


def policies(template, table):
    return migrations.RunSQL(
        template.format(table=table), WITHOUT_POLICIES.replace("%%", "%").format(table=table)
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("audit", "0001_initial"), ("areas", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, WITHOUT_FUNCTIONS),
        policies(RECORD, "audit_event"),
        policies(RECORD, "audit_run"),
        policies(REACH, "people_reach"),
        policies(HISTORY, "people_userevent"),
        policies(HISTORY, "people_reachevent"),
        migrations.RunPython(add_system, migrations.RunPython.noop),
    ]
