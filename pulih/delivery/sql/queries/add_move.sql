-- Add one move, and its line in the record of actions where a verb is given, in one statement.
WITH moved AS (
    INSERT INTO delivery_move (
        item_id, province_id, regency_id, kind, from_spot, to_spot, quantity, value, day, payment,
        paid_by_id, session_id, handover_id, reason, by_id, recorded_at
    )
    VALUES (
        %(item)s, %(province)s, %(regency)s, %(kind)s, %(from_spot)s, %(to_spot)s, %(quantity)s,
        %(value)s, %(day)s, %(payment)s, %(paid_by)s, %(session)s, %(handover)s, %(reason)s,
        %(by)s, clock_timestamp()
    )
    RETURNING id, value, recorded_at
), recorded AS (
    INSERT INTO audit_event (
        at, person_id, verb, subject_type, subject_id, province_id, regency_id, detail
    )
    SELECT recorded_at, %(by)s::bigint, %(verb)s::text, 'delivery.item', %(item)s::bigint::text,
           %(province)s::bigint, %(regency)s::bigint,
           jsonb_build_object('kind', %(kind)s::text, 'quantity', %(quantity)s::bigint)
    FROM moved WHERE %(verb)s::text <> ''
)
SELECT id, value, recorded_at FROM moved
