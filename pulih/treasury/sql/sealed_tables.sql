-- The tables of reconciliation are named after the budget.
-- A difference is sealed from the moment when somebody decides it or a newer list settles it: until
-- then it can be had again from the delivered file. Where the file shows it is no part of it.
SELECT audit_seal_table('budget_difference', p_without => 'last_seen_id,sheet,row,content',
    p_open => 'state', p_value => 'open');
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY[
    'budget_imprestrow', 'budget_reconciliation', 'treasury_cashmove', 'treasury_deduction',
    'treasury_examination', 'treasury_filedmonth', 'treasury_submission',
    'treasury_supportingpaper', 'treasury_taxproof', 'treasury_withholding']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id') FROM unnest(ARRAY[
    'budget_differenceevent', 'budget_reconciliationevent']) AS t;
