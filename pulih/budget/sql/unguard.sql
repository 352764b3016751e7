DROP TRIGGER budget_entries_have_one_writer ON budget_entry;
DROP TRIGGER budget_postings_have_one_writer ON budget_posting;
DROP TRIGGER budget_lines_are_born_empty ON budget_budgetline;
DROP TRIGGER budget_balances_change ON budget_budgetline;
DROP FUNCTION budget_refuse_other_writers();
