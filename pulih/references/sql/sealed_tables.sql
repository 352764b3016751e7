-- The lists that money is judged by: accounts, codes, standard costs, allowances and holidays.
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY[
    'references_account', 'references_economicactivity', 'references_outputcode',
    'references_dailyallowance', 'references_unitcost', 'references_holiday']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id') FROM unnest(ARRAY[
    'references_accountevent', 'references_economicactivityevent', 'references_outputcodeevent',
    'references_dailyallowanceevent', 'references_unitcostevent', 'references_holidayevent']) AS t;
