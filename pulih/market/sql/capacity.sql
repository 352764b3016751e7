-- How much the country can make of a product, by province, for everybody who signed in: provinces
-- with fewer than five makers are left out, and no total is given from which they could be got. Makers
-- are told by fives and units by two figures: of two days between which one firm came or went, the
-- difference would be that firm. One's own area is counted exactly elsewhere.
CREATE OR REPLACE FUNCTION market_capacity_by_province(wanted bigint, since date)
RETURNS TABLE (province_id bigint, firms bigint, per_week numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT counted.province, counted.makers - counted.makers % 5,
        round(counted.made, 1 - floor(log(counted.made))::integer)
    FROM (
        SELECT capacity.province_id AS province, count(*) AS makers, sum(capacity.per_week) AS made
        FROM market_capacity AS capacity
        JOIN registry_enterprise AS firm ON firm.id = capacity.enterprise_id
        WHERE pulih_role() IS NOT NULL AND capacity.product_id = wanted
          AND capacity.confirmed_on >= since AND firm.merged_into_id IS NULL AND firm.is_listed
        GROUP BY capacity.province_id HAVING count(*) >= 5
    ) AS counted;
END $$;
