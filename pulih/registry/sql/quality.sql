-- How complete the register is, by province and regency: one pass over the enterprises, counts
-- alone. Everybody who may see firms may compare offices, so these run with the owner's rights.

-- Changes whenever an enterprise is added (its id) or changed (what its history keeps): while it
-- stays the same, counts read before still hold.
CREATE FUNCTION registry_quality_state() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT concat_ws(':',
        (SELECT oid FROM pg_database WHERE datname = current_database()),
        (SELECT max(id) FROM registry_enterprise),
        (SELECT max(pgh_id) FROM registry_enterpriseevent))
$$;

CREATE FUNCTION registry_quality() RETURNS TABLE (
    province_id bigint, regency_id bigint, firms bigint, nik bigint, nib bigint, phone bigint,
    village bigint, kbli bigint, wrong_village bigint, wrong_kbli bigint
) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off SET work_mem = '64MB' AS $$
    SELECT firm.province_id, firm.regency_id, count(*), count(firm.nik), count(firm.nib),
        count(firm.phone), count(firm.village_code), count(firm.kbli),
        count(*) FILTER (WHERE firm.village_code IS NOT NULL AND firm.regency_id IS NOT NULL
            AND code.area_id IS NULL),
        count(*) FILTER (WHERE left(firm.kbli, 2) NOT BETWEEN '10' AND '33')
    FROM registry_enterprise AS firm
    LEFT JOIN (
        SELECT DISTINCT area_id, code FROM areas_areacode WHERE scheme IN ('kemendagri', 'bps')
    ) AS code ON code.area_id = firm.regency_id AND code.code = left(firm.village_code, 4)
    WHERE firm.is_listed AND firm.merged_into_id IS NULL
    GROUP BY firm.province_id, firm.regency_id
$$;

CREATE OR REPLACE FUNCTION registry_condition(filters jsonb) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT concat_ws(' AND ', registry_reach(), 'is_listed', 'merged_into_id IS NULL',
        'province_id = ' || (filters ->> 'province')::bigint,
        'regency_id = ' || (filters ->> 'regency')::bigint,
        'scale = ' || quote_literal(filters ->> 'scale'),
        'commodity_group = ' || quote_literal(filters ->> 'commodity'),
        'status = ' || quote_literal(filters ->> 'status'),
        CASE filters ->> 'making' WHEN 'yes' THEN 'is_manufacturing'
            WHEN 'no' THEN 'NOT is_manufacturing' WHEN 'unknown' THEN 'is_manufacturing IS NULL' END,
        CASE filters ->> 'missing' WHEN 'nik' THEN 'nik IS NULL' WHEN 'nib' THEN 'nib IS NULL'
            WHEN 'phone' THEN 'phone IS NULL' WHEN 'village' THEN 'village_code IS NULL'
            WHEN 'kbli' THEN 'kbli IS NULL'
            WHEN 'wrong_village' THEN 'village_code IS NOT NULL AND regency_id IS NOT NULL'
                ' AND NOT EXISTS (SELECT FROM areas_areacode AS known'
                ' WHERE known.area_id = regency_id AND known.scheme IN (''kemendagri'', ''bps'')'
                ' AND known.code = left(village_code, 4))'
            WHEN 'wrong_kbli' THEN 'left(kbli, 2) NOT BETWEEN ''10'' AND ''33''' END)
$$;
