-- Who may do and see what, from which day on: persons with their roles and passwords, their reach, and
-- the links by which parties without an account act. When somebody signed in last changes daily and
-- is held by the record of actions.
SELECT audit_seal_table('people_user', p_without => 'last_login', p_by_row => true);
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY['people_reach', 'people_link']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id') FROM unnest(ARRAY[
    'people_userevent', 'people_reachevent', 'people_linkevent']) AS t;
