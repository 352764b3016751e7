-- Reports as they were filed: when, by whom, with which files, where they went and what came back.
SELECT audit_seal_table(t::regclass)
FROM unnest(ARRAY['monitoring_filing', 'monitoring_paper', 'monitoring_dispatch']) AS t;
SELECT audit_seal_table('monitoring_dispatchevent', 'pgh_id');
-- What is typed for the reports of a unit: heads, signatories, targets, progress and notes.
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY[
    'monitoring_generaldata', 'monitoring_heading', 'monitoring_foreignfund', 'monitoring_signatory',
    'monitoring_activitytarget', 'monitoring_quarterprogress', 'monitoring_quarternote',
    'monitoring_accountnote']) AS t;
SELECT audit_seal_table(t::regclass, 'pgh_id') FROM unnest(ARRAY[
    'monitoring_generaldataevent', 'monitoring_headingevent', 'monitoring_foreignfundevent',
    'monitoring_signatoryevent', 'monitoring_activitytargetevent',
    'monitoring_quarterprogressevent', 'monitoring_quarternoteevent',
    'monitoring_accountnoteevent']) AS t;
