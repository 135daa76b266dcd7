-- Keeps what was answered so far under its link, sealed.
INSERT INTO saved_answers (token_sha256, version, page, language, sealed, saved_at)
VALUES ($token_sha256, $version, $page, $language, $sealed, $saved_at);
