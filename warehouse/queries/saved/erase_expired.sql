-- Erases the links whose time is over.
DELETE FROM saved_form WHERE expires_at <= $now;
