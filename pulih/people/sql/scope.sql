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

-- The access link that a connection speaks by. The setting holds the link's key; the table keeps
-- only the digest of the key, so that nobody can speak by a link without its address.
CREATE OR REPLACE FUNCTION pulih_link() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT id FROM people_link
    WHERE digest = (SELECT encode(
            sha256(convert_to(nullif(current_setting('pulih.link', true), ''), 'UTF8')), 'hex'))
      AND revoked_at IS NULL AND valid_from <= now() AND valid_to > now()
$$;

-- The keys of the rows that it opens, when it is for this purpose.
CREATE OR REPLACE FUNCTION pulih_link_subjects(p_purpose text) RETURNS bigint[] LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        (SELECT subjects FROM people_link WHERE id = pulih_link() AND purpose = p_purpose), '{}')
$$;
