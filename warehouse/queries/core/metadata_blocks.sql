-- Which blocks of the file say where everything else lies? A checkpoint writes them anew in their place.
SELECT block_id FROM pragma_metadata_info() ORDER BY block_id;
