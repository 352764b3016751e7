-- Who took which step of what, and every second person's decision.
SELECT audit_seal_table('workflow_step');
SELECT audit_seal_table('workflow_decision');
SELECT audit_seal_table('workflow_decisionevent', 'pgh_id');
-- Who held which post on which day.
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY['workflow_post', 'workflow_postholder']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id')
FROM unnest(ARRAY['workflow_postevent', 'workflow_postholderevent']) AS t;
