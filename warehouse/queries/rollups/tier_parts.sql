-- In how many parts are they worked out, and is anybody changed?
SELECT coalesce(max(w.part) + 1, 0) AS parts, coalesce(bool_or(w.is_changed), FALSE) AS is_changed FROM tier_who AS w;
