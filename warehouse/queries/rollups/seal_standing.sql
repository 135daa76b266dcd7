-- Writes where the members stand for whom something changed.
INSERT INTO standing_sealed
SELECT t.key, t.member_id, t.inside, t.lapsed_on, t.deals, t.spent, t.bought_on, t.last_day, t.channel FROM standing_of('member_history_now_fresh') AS t ORDER BY t.key;
