-- Who manages the lists that money is judged by.
SELECT people_written_by(t::regclass, 'planner', 'administrator', 'system') FROM unnest(ARRAY[
    'references_account', 'references_dailyallowance', 'references_economicactivity',
    'references_holiday', 'references_outputcode', 'references_unitcost']) AS t;
