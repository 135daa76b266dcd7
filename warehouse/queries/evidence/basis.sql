-- How far do the rows reach from which figures are counted: responses, member events, invitations, proceedings?
SELECT coalesce((SELECT max(r.ingest_seq) FROM response AS r), 0) AS last_seq,
       coalesce((SELECT max(e.recorded_at) FROM member_event AS e), TIMESTAMP '1970-01-01') AS members_until,
       coalesce((SELECT max(i.created_at) FROM invitation AS i), TIMESTAMP '1970-01-01') AS invitations_until,
       coalesce((SELECT max(p.number) FROM proceeding AS p), 0) AS last_proceeding;
