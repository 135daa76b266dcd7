"""Files that somebody uploaded, on disk for as long as they are read."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.importing.large.leftovers import own_prefix


def file_name(given: str) -> str:
    """The uploaded name as one that a disk takes: no folders, no control characters, not too many bytes."""
    name = "".join(char for char in Path(given).name if char.isprintable()).strip(".")
    return name[-60:] or "file"


@contextmanager
def on_disk(*files: tuple[str, bytes]) -> Iterator[list[Path]]:
    """The files in a folder of their own, gone afterwards: the importer reads from disk."""
    with tempfile.TemporaryDirectory(prefix=own_prefix()) as folder:
        paths = []
        for number, (name, content) in enumerate(files):
            path = Path(folder) / str(number) / name
            path.parent.mkdir()
            path.write_bytes(content)
            paths.append(path)
        yield paths
