-- Counts of provinces are for everybody who signs in, those of a regency for who sees it. Only the
-- function that counts anew writes them.
ALTER TABLE impact_affectedcount ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS pulih_read ON impact_affectedcount;
CREATE POLICY pulih_read ON impact_affectedcount FOR SELECT USING (
    (SELECT pulih_sees_country())
    OR area_id = ANY ((SELECT pulih_regencies())::bigint[])
    OR EXISTS (SELECT FROM areas_area a WHERE a.id = area_id AND a.level <> 'regency'));
