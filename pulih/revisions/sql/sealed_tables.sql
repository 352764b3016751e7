-- Revisions, what they move and every step are sealed; their tables are named after the budget.
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY[
    'budget_revision', 'budget_revisionmovement', 'budget_revisionstep']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id') FROM unnest(ARRAY[
    'budget_revisionevent', 'budget_revisionmovementevent']) AS t;
