-- Gives a variable of this connection a value.
SET VARIABLE "{name}" = $value;
