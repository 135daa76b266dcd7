-- Which steps of the schema were carried out?
SELECT number, name, sha256 FROM migration ORDER BY number;
