-- Says which items of a published version are batteries, by their places in a response's scores.
INSERT INTO battery (questionnaire, version, blocks) VALUES ($questionnaire, $version, $blocks);
