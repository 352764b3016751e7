-- Counts of provinces and of the country are for everybody who signs in, and for nobody else. Only
-- the function that counts anew writes them.
ALTER TABLE impact_affectedcount ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS pulih_read ON impact_affectedcount;
CREATE POLICY pulih_read ON impact_affectedcount FOR SELECT USING (
    (SELECT pulih_person()) IS NOT NULL);
