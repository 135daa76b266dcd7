-- Adds the answers that are hidden to the refused cells.
INSERT INTO refusal
SELECT h.spot, h.row_number, h.place, false, $column, h.raw, 'answer-hidden' FROM hidden AS h WHERE h.place = $place;
