-- Who a connection speaks for and what that person reaches: every row policy asks these.
-- Definer functions run with the owner's rights, so that a policy may ask them about tables which
-- the serving role cannot read past; the search path is fixed, so that nobody can slip in a table.

CREATE OR REPLACE FUNCTION pulih_person() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('pulih.person', true), '')::bigint
$$;

CREATE OR REPLACE FUNCTION pulih_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date
$$;

CREATE OR REPLACE FUNCTION pulih_role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT role FROM people_user WHERE id = pulih_person() AND is_active
$$;

CREATE OR REPLACE FUNCTION pulih_reaches() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT area_id FROM people_reach
    WHERE user_id = pulih_person() AND pulih_role() IS NOT NULL
      AND valid_from <= pulih_today() AND (valid_to IS NULL OR valid_to > pulih_today())
$$;

CREATE OR REPLACE FUNCTION pulih_sees_country() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(pulih_role() = 'system', false) OR 1 IN (SELECT pulih_reaches())
$$;

CREATE OR REPLACE FUNCTION pulih_provinces() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(id), '{}') FROM areas_area
    WHERE level = 'province' AND id IN (SELECT pulih_reaches())
$$;

CREATE OR REPLACE FUNCTION pulih_regencies() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT descendant_id), '{}')
    FROM areas_areaclosure closure JOIN areas_area area ON area.id = descendant_id
    WHERE area.level = 'regency' AND ancestor_id IN (SELECT pulih_reaches())
      AND closure.valid_from <= pulih_today()
      AND (closure.valid_to IS NULL OR closure.valid_to > pulih_today())
$$;

CREATE OR REPLACE FUNCTION pulih_writes() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(pulih_role() <> 'auditor', false)
$$;
