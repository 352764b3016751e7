-- Adds the marks of one sending, meeting or sheet of a class at once; says which numbers are new.
-- A press that is there under its device and number stays as it is.
INSERT INTO delivery_mark (
    cohort_id, province_id, regency_id, device, sent_at, received_at, by_id, link_id,
    number, session_id, participant_id, presence, reason, pressed_at,
    corrects_device, corrects_number, why
)
SELECT
    %(cohort)s::bigint, %(province)s::bigint, %(regency)s::bigint, %(device)s,
    %(sent_at)s::timestamptz, %(received_at)s::timestamptz, %(by)s::bigint, %(link)s::bigint,
    sent.*
FROM json_to_recordset(%(presses)s::json) AS sent (
    number int, session bigint, participant bigint, presence text, reason text,
    pressed_at timestamptz, corrects_device text, corrects_number int, why text
)
ON CONFLICT (device, number) DO NOTHING
RETURNING number
