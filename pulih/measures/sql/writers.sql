-- Who keeps the catalogue of support, which plans are made of.
SELECT people_written_by(t::regclass, 'planner', 'system') FROM unnest(ARRAY[
    'measures_measure', 'measures_measurecost', 'measures_measureeffect']) AS t;
