-- What does the engine call the warehouse's own file?
SELECT current_database() AS database;
