-- Draws no bars on the standard output, where figures and files go: started by `python -m` the engine takes itself for asked
-- by a person.
SET enable_progress_bar = false;
