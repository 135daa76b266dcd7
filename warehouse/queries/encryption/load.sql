-- Loads the engine's module that encrypts (OpenSSL); its own can only decrypt.
LOAD '{path}';
