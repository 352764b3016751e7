-- Who writes people, their second factors, addresses, sessions and jobs: whoever has proved to be
-- the person, an administrator, or Pulih itself. Signing in reads a name before anybody is proved.
CREATE OR REPLACE FUNCTION pulih_administrates() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce(pulih_role() IN ('administrator', 'system'), false);
END $$;

ALTER TABLE people_user ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS pulih_read ON people_user;
CREATE POLICY pulih_read ON people_user FOR SELECT USING (true);
DROP POLICY IF EXISTS pulih_add ON people_user;
CREATE POLICY pulih_add ON people_user FOR INSERT WITH CHECK ((SELECT pulih_administrates()));
DROP POLICY IF EXISTS pulih_change ON people_user;
CREATE POLICY pulih_change ON people_user FOR UPDATE
    USING (id = (SELECT pulih_person()) OR (SELECT pulih_administrates()));
DROP POLICY IF EXISTS pulih_delete ON people_user;
CREATE POLICY pulih_delete ON people_user FOR DELETE USING ((SELECT pulih_administrates()));

-- Nobody raises oneself. Only the owner may truncate, which tells a migration apart.
CREATE OR REPLACE FUNCTION people_keep_rank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pulih_administrates() AND NOT has_table_privilege(TG_RELID, 'TRUNCATE') THEN
        RAISE EXCEPTION 'Only an administrator changes what person % is.', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER people_rank_is_given BEFORE UPDATE OF id, username, role, is_active,
    is_staff, is_superuser ON people_user FOR EACH ROW
    WHEN ((OLD.id, OLD.username, OLD.role, OLD.is_active, OLD.is_staff, OLD.is_superuser)
          IS DISTINCT FROM
          (NEW.id, NEW.username, NEW.role, NEW.is_active, NEW.is_staff, NEW.is_superuser))
    EXECUTE FUNCTION people_keep_rank();

-- Hashes of passwords and addresses of mail are no columns that the serving role selects, whoever
-- speaks. A column that is added to the table is granted here, else nobody reads it.
DO $$
BEGIN
    REVOKE SELECT ON people_user FROM pulih_app;
    EXECUTE (SELECT format('GRANT SELECT (%s) ON people_user TO pulih_app', string_agg(quote_ident(attname), ', '))
             FROM pg_attribute
             WHERE attrelid = 'people_user'::regclass AND attnum > 0 AND NOT attisdropped
               AND attname NOT IN ('password', 'email'));
END $$;

-- The hash of one's own password; signing in proves the person whose name was typed.
CREATE OR REPLACE FUNCTION people_password_of(p_person bigint) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p_person = pulih_person() THEN
        RETURN (SELECT password FROM people_user WHERE id = p_person);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION people_address_of(p_person bigint) RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p_person = pulih_person() OR pulih_administrates() THEN
        RETURN (SELECT email FROM people_user WHERE id = p_person);
    END IF;
    RETURN NULL;
END $$;

-- Who has this address: for signing in by it, and for a new password by mail.
CREATE OR REPLACE FUNCTION people_with_address(p_address text) RETURNS SETOF bigint LANGUAGE plpgsql
STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT id FROM people_user WHERE p_address <> '' AND lower(email) = lower(p_address);
END $$;

ALTER TABLE mfa_authenticator ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS pulih_own ON mfa_authenticator;
CREATE POLICY pulih_own ON mfa_authenticator
    USING (user_id = (SELECT pulih_person()) OR (SELECT pulih_administrates()));

ALTER TABLE account_emailaddress ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS pulih_read ON account_emailaddress;
DROP POLICY IF EXISTS pulih_own ON account_emailaddress;
CREATE POLICY pulih_own ON account_emailaddress
    USING (user_id = (SELECT pulih_person()) OR (SELECT pulih_administrates()));

DROP POLICY IF EXISTS pulih_repeated ON account_emailaddress;

-- What the owner alone writes, and what nothing here uses.
REVOKE INSERT, UPDATE, DELETE ON django_migrations, django_content_type, auth_permission, auth_group,
    auth_group_permissions FROM pulih_app;

-- A session is known by its key, whose hash alone is kept; its person and administrators see where
-- somebody is signed in, and end it. They cannot make or change one.
ALTER TABLE people_signin ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS pulih_known ON people_signin;
CREATE POLICY pulih_known ON people_signin
    USING (session_key = (SELECT current_setting('pulih.session', true))
           OR (SELECT pulih_role()) = 'system');
DROP POLICY IF EXISTS pulih_read ON people_signin;
CREATE POLICY pulih_read ON people_signin FOR SELECT
    USING (user_id = (SELECT pulih_person()) OR (SELECT pulih_administrates()));
DROP POLICY IF EXISTS pulih_end ON people_signin;
CREATE POLICY pulih_end ON people_signin FOR DELETE
    USING (user_id = (SELECT pulih_person()) OR (SELECT pulih_administrates()));

-- Django's own table of sessions is not used any more.
ALTER TABLE django_session ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS pulih_known ON django_session;
CREATE POLICY pulih_known ON django_session
    USING (session_key = (SELECT current_setting('pulih.session', true))
           OR (SELECT pulih_role()) = 'system');

-- A job speaks for the person that it names, so only that person queues it, and it stays the same.
CREATE OR REPLACE FUNCTION people_keep_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF has_table_privilege(TG_RELID, 'TRUNCATE') OR pulih_role() = 'system' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'Job % stays what it is.', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.args ->> 'person_id' IS DISTINCT FROM pulih_person()::text THEN
        RAISE EXCEPTION 'Only person % queues a job in that name.', NEW.args ->> 'person_id'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER people_jobs_are_ones_own BEFORE INSERT ON procrastinate_jobs FOR EACH ROW
    WHEN (NEW.args ? 'person_id') EXECUTE FUNCTION people_keep_jobs();
CREATE OR REPLACE TRIGGER people_jobs_stay BEFORE UPDATE OF task_name, args ON procrastinate_jobs
    FOR EACH ROW WHEN ((OLD.task_name, OLD.args) IS DISTINCT FROM (NEW.task_name, NEW.args))
    EXECUTE FUNCTION people_keep_jobs();
