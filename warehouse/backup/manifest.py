"""What a backup says of itself: a JSON file beside the copy, written last, so that with it a backup is
whole."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from warehouse.backup.contents import Contents, TableContents
from warehouse.backup.problems import backup_error
from warehouse.files import write_whole

FORMAT = "pactboard-backup/1"
NAME = re.compile(r"(?P<stem>.+)-\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole backup. `schema` is the number of the last migration step in it, `duckdb` the version that
    wrote it, `secret` whether the file with the secret of links and keys lies beside it."""

    made_at: datetime
    file: str
    bytes: int
    sha256: str
    schema: int
    duckdb: str
    secret: bool
    tables: Contents

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(each.rows for each in self.tables.values())


def manifest_path(copy: Path) -> Path:
    """Where the manifest of a copy lies."""
    return copy.with_suffix(".json")


def write_manifest(copy: Path, manifest: Manifest) -> None:
    """Write it beside the copy. Raises OSError."""
    document = {"format": FORMAT} | asdict(manifest) | {"made_at": manifest.made_at.isoformat()}
    text = json.dumps(document, indent=2, sort_keys=False)
    write_whole(manifest_path(copy), f"{text}\n".encode())


def read_manifest(copy: Path) -> Manifest:
    """What is said of the copy. Raises WarehouseError("backup-incomplete")."""
    path = manifest_path(copy)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return _read(document)
    except OSError as error:
        raise backup_error("backup-incomplete", str(path), reason=error.strerror or "") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise backup_error("backup-incomplete", str(path), reason=type(error).__name__) from error


def backups(folder: Path, stem: str) -> list[Path]:
    """The whole backups of that warehouse in the folder, the oldest first."""
    copies = (path for path in folder.glob("*.duckdb") if manifest_path(path).exists())
    ours = [path for path in copies if (found := NAME.fullmatch(path.stem)) and found["stem"] == stem]
    return sorted(ours, key=lambda path: (read_manifest(path).made_at, path.name))


def _read(document: Mapping[str, object]) -> Manifest:
    if document["format"] != FORMAT or not isinstance(document["tables"], dict):
        raise ValueError(FORMAT)
    return Manifest(
        made_at=datetime.fromisoformat(str(document["made_at"])),
        file=str(document["file"]),
        bytes=int(str(document["bytes"])),
        sha256=str(document["sha256"]),
        schema=int(str(document["schema"])),
        duckdb=str(document["duckdb"]),
        secret=document["secret"] is True,
        tables={
            name: TableContents(int(table["rows"]), str(table["digest"]))
            for name, table in document["tables"].items()
        },
    )
