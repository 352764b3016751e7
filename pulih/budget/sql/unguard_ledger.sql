DROP TRIGGER budget_day_sums_have_one_writer ON budget_daysum;
DROP TRIGGER budget_summed_lines_have_one_writer ON budget_summedline;
DROP TRIGGER budget_sealed_heads_have_one_writer ON budget_sealedhead;
DROP TRIGGER budget_seals_have_one_writer ON budget_seal;
DROP TRIGGER budget_balances_change ON budget_budgetline;
CREATE TRIGGER budget_balances_change BEFORE UPDATE ON budget_budgetline FOR EACH ROW
    WHEN ((OLD.ceiling, OLD.blocked, OLD.committed, OLD.realised)
          IS DISTINCT FROM (NEW.ceiling, NEW.blocked, NEW.committed, NEW.realised))
    EXECUTE FUNCTION budget_refuse_other_writers();
DROP TRIGGER budget_lines_are_born_empty ON budget_budgetline;
CREATE TRIGGER budget_lines_are_born_empty BEFORE INSERT ON budget_budgetline FOR EACH ROW
    WHEN ((NEW.ceiling, NEW.blocked, NEW.committed, NEW.realised) IS DISTINCT FROM (0, 0, 0, 0))
    EXECUTE FUNCTION budget_refuse_other_writers();
DROP TRIGGER budget_lines_with_entries_stay ON budget_budgetline;
DROP FUNCTION budget_refuse_losing_entries();
DROP TRIGGER budget_postings_have_one_writer ON budget_posting;
CREATE TRIGGER budget_postings_have_one_writer BEFORE INSERT ON budget_posting FOR EACH ROW
    EXECUTE FUNCTION budget_refuse_other_writers();
DROP TRIGGER budget_entries_have_one_writer ON budget_entry;
CREATE TRIGGER budget_entries_have_one_writer BEFORE INSERT ON budget_entry FOR EACH ROW
    EXECUTE FUNCTION budget_refuse_other_writers();
