-- One result for each applicant. Nearly all say the same: what is said is sent once, and which of it each gets.
INSERT INTO delivery_checkresult
  (run_id, applicant_id, province_id, regency_id, findings, failed, unknown)
SELECT %(run)s, a.id, a.province_id, a.regency_id, said.findings, said.failed, said.unknown
FROM unnest(%(applicants)s::bigint[], %(kinds)s::integer[]) AS given (applicant, kind)
JOIN jsonb_to_recordset(%(said)s::jsonb)
  AS said (kind integer, findings jsonb, failed varchar(20)[], unknown varchar(20)[]) USING (kind)
JOIN delivery_applicant AS a ON a.id = given.applicant
ORDER BY a.id
