-- How much the country can make of a product, by province, for everybody who signed in: provinces
-- with fewer than five makers are left out, and no total is given from which they could be got.
CREATE OR REPLACE FUNCTION market_capacity_by_province(wanted bigint, since date)
RETURNS TABLE (province_id bigint, firms bigint, per_week numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT capacity.province_id, count(*), sum(capacity.per_week)
    FROM market_capacity AS capacity
    JOIN registry_enterprise AS firm ON firm.id = capacity.enterprise_id
    WHERE pulih_role() IS NOT NULL AND capacity.product_id = wanted
      AND capacity.confirmed_on >= since AND firm.merged_into_id IS NULL AND firm.is_listed
    GROUP BY capacity.province_id HAVING count(*) >= 5
$$;
