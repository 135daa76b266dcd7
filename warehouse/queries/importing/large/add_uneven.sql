-- Keeps further dates that are to be asked about one by one.
INSERT INTO uneven SELECT * FROM given;
