-- Who is not the owner writes no balance, no chain and no seal.
DROP TRIGGER budget_balances_change ON budget_budgetline;
CREATE TRIGGER budget_balances_change BEFORE UPDATE ON budget_budgetline FOR EACH ROW
    WHEN ((OLD.ceiling, OLD.blocked, OLD.committed, OLD.realised,
           OLD.sequence, OLD.head, OLD.latest_on)
          IS DISTINCT FROM (NEW.ceiling, NEW.blocked, NEW.committed, NEW.realised,
                            NEW.sequence, NEW.head, NEW.latest_on))
    EXECUTE FUNCTION budget_refuse_other_writers();

DROP TRIGGER budget_lines_are_born_empty ON budget_budgetline;
CREATE TRIGGER budget_lines_are_born_empty BEFORE INSERT ON budget_budgetline FOR EACH ROW
    WHEN ((NEW.ceiling, NEW.blocked, NEW.committed, NEW.realised, NEW.sequence)
          IS DISTINCT FROM (0, 0, 0, 0, 0) OR NEW.head IS NOT NULL OR NEW.latest_on IS NOT NULL)
    EXECUTE FUNCTION budget_refuse_other_writers();

CREATE TRIGGER budget_seals_have_one_writer BEFORE INSERT ON budget_seal FOR EACH ROW
    EXECUTE FUNCTION budget_refuse_other_writers();
CREATE TRIGGER budget_sealed_heads_have_one_writer BEFORE INSERT ON budget_sealedhead FOR EACH ROW
    EXECUTE FUNCTION budget_refuse_other_writers();
CREATE TRIGGER budget_summed_lines_have_one_writer BEFORE INSERT OR UPDATE ON budget_summedline
    FOR EACH ROW EXECUTE FUNCTION budget_refuse_other_writers();
CREATE TRIGGER budget_day_sums_have_one_writer BEFORE INSERT OR UPDATE ON budget_daysum
    FOR EACH ROW EXECUTE FUNCTION budget_refuse_other_writers();
