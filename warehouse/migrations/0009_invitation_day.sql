-- The local day on which an invitation was made, so that it belongs to a period as an answer does.

-- In the reporting zone, fixed when the row is written. NULL: made before this step, then the day in UTC counts.
ALTER TABLE invitation ADD COLUMN day DATE;
