-- A difference goes from state to state as `states.py` declares it.
CREATE OR REPLACE TRIGGER budget_difference_begins BEFORE INSERT ON budget_difference
    FOR EACH ROW WHEN (NEW.state <> 'open') EXECUTE FUNCTION workflow_state_follows('treasury_difference');
CREATE OR REPLACE TRIGGER budget_difference_follows BEFORE UPDATE OF state ON budget_difference
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION workflow_state_follows('treasury_difference');
