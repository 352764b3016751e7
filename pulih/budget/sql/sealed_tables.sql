-- What of the budget is sealed beside the ledger, whose documents, entries, balances and sums have
-- chains and checks of their own. A line's amounts and how far its chain goes stand in those.
SELECT audit_seal_table('budget_budgetline',
    p_without => 'ceiling,blocked,committed,realised,reserved,sequence,head,latest_on',
    p_by_row => true);
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY[
    'budget_appointment', 'budget_cashplan', 'budget_contractyear', 'budget_descriptionruling',
    'budget_fundterm', 'budget_linedetail', 'budget_partyruling', 'budget_promise', 'budget_spendingunit']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id') FROM unnest(ARRAY[
    'budget_appointmentevent', 'budget_budgetlineevent', 'budget_cashplanevent',
    'budget_linedetailevent', 'budget_promiseevent', 'budget_spendingunitevent']) AS t;
SELECT audit_seal_added('budget_seal', p_quietly => true);
SELECT audit_seal_added('budget_sealedhead', p_quietly => true);
