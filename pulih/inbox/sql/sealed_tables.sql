-- Which file an office delivered, when, and what came of it. Its content is kept under its hash.
SELECT audit_seal_table('inbox_importbatch');
SELECT audit_seal_table('inbox_importbatchevent', 'pgh_id');
