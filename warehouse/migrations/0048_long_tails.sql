-- After a large import everybody is in the tail, and lists of all their events have no room: it is told from all events again. Few
-- are still looked up by their places where they are sealed.
CREATE OR REPLACE VIEW member_history_tail AS SELECT * FROM member_history_of('member_changed');
