-- Records that a step of the schema was carried out.
INSERT INTO migration (number, name, sha256, applied_at) VALUES ($number, $name, $sha256, $applied_at);
