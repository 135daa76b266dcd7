-- Writes values as they are: to compress them takes longer than all else of reading a file.
SET force_compression = 'uncompressed';
