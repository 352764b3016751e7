-- How complete the register is, by province and regency: one pass over the enterprises, counts
-- alone. Everybody who may see firms may compare offices, so these run with the owner's rights.

-- Changes whenever an enterprise is added (its id) or changed (what its history keeps): while it
-- stays the same, counts read before still hold.
CREATE OR REPLACE FUNCTION registry_quality_state() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT concat_ws(':',
        (SELECT oid FROM pg_database WHERE datname = current_database()),
        (SELECT max(id) FROM registry_enterprise),
        (SELECT max(pgh_id) FROM registry_enterpriseevent))
$$;

CREATE OR REPLACE FUNCTION registry_quality() RETURNS TABLE (
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
