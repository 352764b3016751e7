-- What `pulih_public` may do: the role that public requests step down to, and the third wall. It
-- reads what is published and nothing else, whatever a query forgets.

-- Definer functions run with the owner's rights, so that none may be left open to every role.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO pulih_app;

DO $$
DECLARE
    open_to_all regprocedure;
BEGIN
    FOR open_to_all IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND pg_has_role(proowner, 'USAGE')
          AND (proacl IS NULL OR EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = 0))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', open_to_all);
        EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO pulih_app', open_to_all);
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO pulih_public;
GRANT SELECT ON portal_cell, portal_source, portal_publicfigure, portal_scenario TO pulih_public;
GRANT SELECT (id, number, as_of, known_at, seal, program_version, measures, words, restates_id,
    restatement_reason, published_at, manifest_sha256) ON portal_release TO pulih_public;
GRANT SELECT (id, release_id, reason, at) ON portal_withdrawal TO pulih_public;
GRANT EXECUTE ON ROUTINE documents_verify(text), delivery_public_draws(bigint, bigint),
    delivery_public_draw(bigint) TO pulih_public;
-- The policies of those tables ask whose rows they are: nobody's, for this role.
GRANT EXECUTE ON ROUTINE pulih_sees_country(), pulih_role(), pulih_reaches(), pulih_person(),
    pulih_today() TO pulih_public;

DROP POLICY IF EXISTS published ON portal_release;
CREATE POLICY published ON portal_release FOR SELECT TO pulih_public USING (
    published_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM portal_withdrawal gone WHERE gone.release_id = portal_release.id));
DROP POLICY IF EXISTS published ON portal_cell;
CREATE POLICY published ON portal_cell FOR SELECT TO pulih_public USING (
    EXISTS (SELECT FROM portal_release one WHERE one.id = portal_cell.release_id));
DROP POLICY IF EXISTS published ON portal_withdrawal;
CREATE POLICY published ON portal_withdrawal FOR SELECT TO pulih_public USING (true);
