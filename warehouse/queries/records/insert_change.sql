-- Adds that a change of a record was asked for or made, or what was said to one that was asked for.
INSERT INTO record_change
    (change_id, recorded_at, recorded_by, type, record_id, step, withdraws, day, reason, fields, made)
VALUES
    ($change_id, $recorded_at, $recorded_by, $type, $record_id, $step, $withdraws, $day, $reason, $fields, $made);
