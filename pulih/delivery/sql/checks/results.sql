-- Results whose failed and unknown checks are not those that their findings say.
SELECT result.id, finding ->> 0
FROM delivery_checkresult result, jsonb_array_elements(result.findings) AS finding
WHERE ((finding ->> 0) = ANY (result.failed)) <> ((finding ->> 1) = 'fail')
   OR ((finding ->> 0) = ANY (result.unknown)) <> ((finding ->> 1) = 'unknown')
ORDER BY 1, 2
