-- Stores each of these responses whose id is not there yet: the rows are those of core/arrived_responses or importing/arrived_rows.
MERGE INTO response AS kept
USING "{arrived}" AS arrived
ON kept.response_id = arrived.response_id
WHEN NOT MATCHED THEN INSERT BY NAME;
