-- What the public front shows beside releases, and when releases are made by themselves.
SELECT people_written_by(t::regclass, 'system') FROM unnest(ARRAY[
    'portal_publicfigure', 'portal_scenario', 'portal_source']) AS t;
SELECT people_written_by('portal_cadence', 'steward', 'system');
