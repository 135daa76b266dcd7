-- Says up to where the rows of this source are sealed.
INSERT INTO rollup_mark (source, sealed_to) VALUES ($source, $sealed_to);
