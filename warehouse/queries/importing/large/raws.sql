-- Which texts are to be asked about?
SELECT v.raw FROM "{values}" AS v;
