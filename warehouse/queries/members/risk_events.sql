-- How many events of members are sealed?
SELECT m.events FROM register_mark AS m;
