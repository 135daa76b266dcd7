-- In how many parts are they, and is anybody among them for whom nothing changed?
SELECT coalesce(max(w.part) + 1, 0) AS parts, coalesce(bool_or(NOT w.is_changed), FALSE) AS has_others FROM member_who AS w;
