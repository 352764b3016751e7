-- By which code a paper is asked for, and whether it still holds.
SELECT audit_seal_table('documents_papercode');
SELECT audit_seal_table('documents_papercodeevent', 'pgh_id');
