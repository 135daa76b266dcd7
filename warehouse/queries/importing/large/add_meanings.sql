-- Keeps what further texts mean.
INSERT INTO "{meanings}" SELECT * FROM given;
