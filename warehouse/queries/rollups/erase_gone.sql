-- Takes the rows away that are no longer the newest of their record.
DELETE FROM "{table}" WHERE place IN (SELECT g.place FROM record_gone_part AS g);
