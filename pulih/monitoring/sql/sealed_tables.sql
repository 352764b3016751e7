-- Reports as they were filed: when, by whom, with which files, where they went and what came back.
SELECT audit_seal_table(t::regclass)
FROM unnest(ARRAY['monitoring_filing', 'monitoring_paper', 'monitoring_dispatch']) AS t;
SELECT audit_seal_table('monitoring_dispatchevent', 'pgh_id');
