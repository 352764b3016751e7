-- What was done to a firm goes with it. A merge, a separation, a split or a pin keeps the office that
-- it was made under; it is also the business of the office of the same rank in whose area one of its
-- firms stands now: a regency's of the regency's, a province's of the province's, the country's of
-- nobody else. Firms that the person does not see are looked up too, so this runs with the owner's
-- rights; it answers yes or no. Who sees the reach is asked once a query, not here.

CREATE OR REPLACE FUNCTION registry_went_to(
    provinces bigint[], regencies bigint[], province bigint, regency bigint, VARIADIC firms bigint[]
) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN province <> 1 AND EXISTS (
        SELECT FROM registry_enterprise AS asked
        JOIN registry_enterprise AS top ON top.id = coalesce(asked.merged_into_id, asked.id)
        WHERE asked.id = ANY (firms) AND (top.province_id = ANY (provinces)
            OR (regency IS NOT NULL AND top.regency_id = ANY (regencies))));
END $$;
