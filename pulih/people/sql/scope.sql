-- Who a connection speaks for and what that person reaches: every row policy asks these.
-- Definer functions run with the owner's rights, so that a policy may ask them about tables which
-- the serving role cannot read past; the search path is fixed, so that nobody can slip in a table.

-- The person, where the setting `pulih.proof` proves that Pulih itself says so: until when it holds,
-- and an HMAC with a key that the serving role cannot read (RFC 2104, its two pads kept ready; see
-- people/connection_proofs.py). Who can only run SQL names whom he likes and is nobody. A transaction that
-- began in time ends in time.
CREATE OR REPLACE FUNCTION pulih_person() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v_person text := current_setting('pulih.person', true);
    v_proof text := current_setting('pulih.proof', true);
    v_until text := substr(v_proof, 1, 10);
BEGIN
    IF v_person <> '' AND length(v_proof) = 75  -- Compared as text: what is no number is no error.
       AND v_until COLLATE "C" > floor(extract(epoch FROM now()))::text
       AND EXISTS (
        SELECT FROM people_proofkey
        WHERE substr(v_proof, 12) = encode(sha256(outer_pad || sha256(
            inner_pad || convert_to(v_person || '.' || v_until, 'UTF8'))), 'hex')
    ) THEN
        RETURN v_person::bigint;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION pulih_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date
$$;

-- Asked by every policy, so each asks for the person once and keeps its plan.
CREATE OR REPLACE FUNCTION pulih_role() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v_person bigint := pulih_person();
BEGIN
    RETURN (SELECT role FROM people_user WHERE id = v_person AND is_active);
END $$;

CREATE OR REPLACE FUNCTION pulih_reaches() RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_person bigint := pulih_person();
    v_today date := pulih_today();
BEGIN
    RETURN QUERY SELECT r.area_id FROM people_reach r JOIN people_user u ON u.id = r.user_id
    WHERE u.id = v_person AND u.is_active
      AND r.valid_from <= v_today AND (r.valid_to IS NULL OR r.valid_to > v_today);
END $$;

-- What row policies ask is asked in each query, so it is written in PL/pgSQL, which keeps its plans
-- for the session, where plain SQL plans anew each time; and it asks for the reach once.
CREATE OR REPLACE FUNCTION pulih_sees_country() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce(pulih_role() = 'system', false) OR 1 IN (SELECT pulih_reaches());
END $$;

CREATE OR REPLACE FUNCTION pulih_provinces() RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_reaches bigint[] := ARRAY(SELECT pulih_reaches());
BEGIN
    RETURN ARRAY(SELECT id FROM areas_area WHERE level = 'province' AND id = ANY (v_reaches));
END $$;

CREATE OR REPLACE FUNCTION pulih_regencies() RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_reaches bigint[] := ARRAY(SELECT pulih_reaches());
    v_today date := pulih_today();
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT descendant_id
        FROM areas_areaclosure closure JOIN areas_area area ON area.id = descendant_id
        WHERE area.level = 'regency' AND ancestor_id = ANY (v_reaches)
          AND closure.valid_from <= v_today
          AND (closure.valid_to IS NULL OR closure.valid_to > v_today));
END $$;

CREATE OR REPLACE FUNCTION pulih_writes() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce(pulih_role_writes(pulih_role()), false);
END $$;

-- The access link that a connection speaks by. The setting holds the link's key; the table keeps
-- only the digest of the key, so that nobody can speak by a link without its address.
CREATE OR REPLACE FUNCTION pulih_link() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v_key text := nullif(current_setting('pulih.link', true), '');
BEGIN
    IF v_key IS NULL THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT id FROM people_link
        WHERE digest = encode(sha256(convert_to(v_key, 'UTF8')), 'hex')
          AND revoked_at IS NULL AND valid_from <= now() AND valid_to > now());
END $$;

-- The keys of the rows that it opens, when it is for this purpose.
CREATE OR REPLACE FUNCTION pulih_link_subjects(p_purpose text) RETURNS bigint[] LANGUAGE plpgsql
STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_link bigint := pulih_link();
BEGIN
    RETURN coalesce(
        (SELECT subjects FROM people_link WHERE id = v_link AND purpose = p_purpose), '{}');
END $$;
