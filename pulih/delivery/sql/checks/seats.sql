-- Seats that are not what their participants say: of another NIK, of another programme or year, held
-- after leaving; and people whom a selection put into a class by a decree, without any seat.
SELECT p.id, fault
FROM delivery_participant p
JOIN delivery_activity a ON a.id = p.activity_id
JOIN delivery_person person ON person.id = p.person_id
LEFT JOIN delivery_seat s ON s.participant_id = p.id
CROSS JOIN LATERAL (VALUES
    (s.nik_key <> '' AND s.given_up_on IS NULL AND person.nik_key <> ''
     AND s.nik_key <> person.nik_key, 'the seat is of another NIK'),
    ((s.measure_id, s.year::int) <> (a.measure_id, extract(year FROM a.starts_on)::int),
     'the seat is of another programme or year'),
    (s.given_up_on IS DISTINCT FROM p.left_on AND s.id IS NOT NULL, 'left and seat given up differ'),
    (s.id IS NULL AND p.left_on IS NULL AND p.selection_id IS NOT NULL, 'decreed without a seat')
) AS found (holds, fault)
WHERE found.holds
ORDER BY p.id, fault
