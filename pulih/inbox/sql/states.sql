-- A delivered file goes from state to state as `states.py` declares it.
CREATE OR REPLACE TRIGGER inbox_importbatch_begins BEFORE INSERT ON inbox_importbatch
    FOR EACH ROW WHEN (NEW.state <> 'received') EXECUTE FUNCTION workflow_state_follows('delivered_file');
CREATE OR REPLACE TRIGGER inbox_importbatch_follows BEFORE UPDATE OF state ON inbox_importbatch
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION workflow_state_follows('delivered_file');
