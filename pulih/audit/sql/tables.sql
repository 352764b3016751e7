-- The record of actions, and what was written down of sealed rows.
CREATE OR REPLACE TRIGGER audit_hashed BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_hash_event();
SELECT audit_seal_added('audit_event');
SELECT audit_seal_added('audit_rowchange');
SELECT audit_seal_table('audit_run');
