-- How far do the rows reach from which figures are counted: responses, the register, invitations, proceedings?
SELECT coalesce((SELECT max(r.ingest_seq) FROM response AS r), 0) AS last_seq,
       greatest(TIMESTAMP '1970-01-01', (SELECT max(e.recorded_at) FROM member_event AS e),
                (SELECT max(m.recorded_at) FROM member AS m), (SELECT max(g.recorded_at) FROM member_merge AS g)) AS members_until,
       coalesce((SELECT max(i.created_at) FROM invitation AS i), TIMESTAMP '1970-01-01') AS invitations_until,
       coalesce((SELECT max(p.number) FROM proceeding AS p), 0) AS last_proceeding;
