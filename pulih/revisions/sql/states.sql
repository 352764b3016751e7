-- A revision goes from state to state as `states.py` declares it.
CREATE OR REPLACE TRIGGER budget_revision_begins BEFORE INSERT ON budget_revision
    FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION workflow_state_follows('revision');
CREATE OR REPLACE TRIGGER budget_revision_follows BEFORE UPDATE OF state ON budget_revision
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION workflow_state_follows('revision');
