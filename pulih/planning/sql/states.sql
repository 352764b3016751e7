-- A scenario goes from state to state as `states.py` declares it.
CREATE OR REPLACE TRIGGER planning_scenario_begins BEFORE INSERT ON planning_scenario
    FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION workflow_state_follows('planning_scenario');
CREATE OR REPLACE TRIGGER planning_scenario_follows BEFORE UPDATE OF state ON planning_scenario
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION workflow_state_follows('planning_scenario');
