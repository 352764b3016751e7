-- When a document is learned: now. A scenario that plays in the past sets `pulih.clock`, which is
-- heard of Pulih itself alone and never leads into the future; seals keep the true time.
CREATE OR REPLACE FUNCTION budget_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT CASE
        WHEN coalesce(current_setting('pulih.clock', true), '') <> '' AND pulih_role() = 'system'
        THEN least(current_setting('pulih.clock', true)::timestamptz, clock_timestamp())
        ELSE clock_timestamp()
    END
$$;
