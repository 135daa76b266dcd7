-- Names the only files beside its own that the engine may write: those of a backup under way.
SET allowed_paths = $paths;
