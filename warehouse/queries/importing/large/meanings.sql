-- What do the texts of a use mean that were asked about?
SELECT m.raw, m.value, m.missing FROM "{meanings}" AS m;
