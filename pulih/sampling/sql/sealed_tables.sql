-- What a sample was drawn from, who was picked, and what somebody found on the spot.
SELECT audit_seal_table(t::regclass) FROM unnest(ARRAY[
    'sampling_samplecheck', 'sampling_sampleunit', 'sampling_drawnunit', 'sampling_visit',
    'sampling_finding']) AS t;
SELECT audit_seal_table('sampling_samplecheckevent', 'pgh_id');
