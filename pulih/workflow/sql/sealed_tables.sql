-- Who took which step of what, and every second person's decision.
SELECT audit_seal_table('workflow_step');
SELECT audit_seal_table('workflow_decision');
SELECT audit_seal_table('workflow_decisionevent', 'pgh_id');
