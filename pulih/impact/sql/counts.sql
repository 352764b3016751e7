-- Make the counts of some provinces anew, and the country's from all provinces.
--
-- An officer's import may refresh them although the officer sees one province alone, so the function
-- runs as the owner of the tables; it gives back nothing but counts. Nothing is kept of a regency:
-- its own offices count its reports, and everybody else reads a release.
CREATE OR REPLACE FUNCTION impact_refresh_counts(p_provinces bigint[], p_definition text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
DECLARE
    v_provinces bigint[];
    v_cells integer;
BEGIN
    IF NOT pulih_writes() THEN
        RAISE EXCEPTION 'Counts are refreshed by those who may write.' USING ERRCODE = 'PU004';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('impact_refresh_counts'));
    -- A regency that changed provinces belongs to both: refresh all that share one.
    SELECT array_agg(DISTINCT p.ancestor_id) INTO v_provinces
    FROM areas_areaclosure r
    JOIN areas_area regency ON regency.id = r.descendant_id AND regency.level = 'regency'
    JOIN areas_areaclosure p ON p.descendant_id = r.descendant_id
    JOIN areas_area province ON province.id = p.ancestor_id AND province.level = 'province'
    WHERE r.ancestor_id = ANY (p_provinces);
    v_provinces := v_provinces || p_provinces;

    DELETE FROM impact_affectedcount WHERE area_id = 1 OR area_id = ANY (v_provinces);

    WITH reports AS (
        SELECT * FROM impact_impactreport
        WHERE is_latest AND NOT is_withdrawn AND province_id = ANY (v_provinces)
    ), facts AS (
        SELECT 'all' AS dimension, '' AS code, * FROM reports
        UNION ALL SELECT 'need', u, r.* FROM reports r, unnest(needs) u
        UNION ALL SELECT 'obstacle', u, r.* FROM reports r, unnest(obstacles) u
        UNION ALL SELECT 'status', status, r.* FROM reports r
        UNION ALL SELECT 'commodity_group', commodity_group, r.* FROM reports r
    ), cells AS (
        SELECT province_id AS area, dimension, code,
               max(reported) AS as_of,
               count(*) FILTER (WHERE is_affected) AS firms,
               coalesce(sum(workers_hit) FILTER (WHERE is_affected), 0) AS workers,
               coalesce(sum(severity) FILTER (WHERE is_affected), 0) AS severity_sum,
               count(severity) FILTER (WHERE is_affected) AS severity_known,
               count(*) AS reporting
        FROM facts
        GROUP BY province_id, dimension, code
    ), registered AS (
        SELECT province_id AS area, count(*) AS firms
        FROM registry_enterprise
        WHERE is_listed AND merged_into_id IS NULL AND province_id = ANY (v_provinces)
        GROUP BY province_id
    )
    INSERT INTO impact_affectedcount
        (area_id, as_of, dimension, code, firms, workers, severity_sum, severity_known, reporting,
         registered, definition_version, refreshed_at)
    SELECT c.area, c.as_of, c.dimension, c.code, c.firms, c.workers, c.severity_sum,
           c.severity_known, c.reporting, CASE WHEN c.dimension = 'all' THEN r.firms END,
           p_definition, now()
    FROM cells c LEFT JOIN registered r ON r.area = c.area;

    INSERT INTO impact_affectedcount
        (area_id, as_of, dimension, code, firms, workers, severity_sum, severity_known, reporting,
         registered, definition_version, refreshed_at)
    SELECT 1, max(n.as_of), n.dimension, n.code, sum(n.firms), sum(n.workers),
           sum(n.severity_sum), sum(n.severity_known), sum(n.reporting), sum(n.registered),
           p_definition, now()
    FROM impact_affectedcount n JOIN areas_area a ON a.id = n.area_id
    WHERE a.level = 'province'
    GROUP BY n.dimension, n.code;
    SELECT count(*) INTO v_cells FROM impact_affectedcount;
    RETURN v_cells;
END $$;
