"""Puts a backup into place: verified before and after, the files that were there put aside, never deleted."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from warehouse.anchor import anchor_path
from warehouse.backup.contents import contents, database_name, differences
from warehouse.backup.manifest import Manifest, read_manifest
from warehouse.backup.problems import backup_error
from warehouse.calendar import utc_now
from warehouse.encryption import WORDINGS as KEY_PROBLEMS
from warehouse.files import copy_whole, is_full, sha256_of, sync
from warehouse.migrate import steps
from warehouse.opening import look_into
from warehouse.problems import WarehouseError, core_error
from warehouse.secret import secret_path


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put into place; `aside` holds the files that lay there before, if any did."""

    manifest: Manifest
    aside: tuple[Path, ...]


def verify(copy: Path) -> Manifest:
    """Read a backup through: its manifest, its SHA-256, that it opens, rows and hash of every table.

    Raises WarehouseError: "backup-incomplete", "backup-damaged", "backup-newer", and those of
    `warehouse.encryption` on keys.
    """
    manifest = read_manifest(copy)
    try:
        found = sha256_of(copy)
    except OSError as error:
        raise backup_error("backup-damaged", str(copy), reason=error.strerror or "") from error
    if found != manifest.sha256:
        raise backup_error("backup-damaged", str(copy), reason="SHA-256")
    if manifest.schema > len(steps()):
        raise backup_error("backup-newer", str(copy), number=manifest.schema)
    try:
        differing = _differences(copy, manifest)
    except WarehouseError as error:
        if error.problem.code in KEY_PROBLEMS:
            raise
        raise backup_error("backup-damaged", str(copy), reason=error.problem.code) from error
    if differing:
        raise backup_error("backup-damaged", str(copy), reason=differing)
    return manifest


def restore(copy: Path, target: Path) -> Restored:
    """Put the backup where the warehouse lies. Call it while no process has that open.

    The secret of links and keys comes along: links, sessions and keys of programs are those of the backup.
    Raises WarehouseError: those of `verify`, "warehouse-in-use", "disk-full", "restore-failed",
    "restore-differs".
    """
    manifest = verify(copy)
    aside = f"{target.stem}-aside-{utc_now():%Y%m%dT%H%M%S%f}Z"
    try:
        with ExitStack() as held:
            _keep_out(target, held)
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f"{target.name}.restoring")
            held.callback(draft.unlink, missing_ok=True)
            if copy_whole(copy, draft) != manifest.sha256:
                raise backup_error("backup-damaged", str(copy), reason="SHA-256")
            put_aside = _put_aside(copy, target, aside, manifest)
            draft.replace(target)
            if manifest.secret:
                copy_whole(secret_path(copy), secret_path(target))
            # Until here a start would find rows missing, and refuse; the next one writes an anchor anew.
            if anchor_path(target).exists():
                put_aside += (anchor_path(target).rename(target.with_name(f"{aside}.anchor")),)
            sync(target.parent)
    except OSError as error:
        if is_full(error):
            raise core_error("disk-full", str(target.parent)) from error
        raise backup_error("restore-failed", str(target), reason=error.strerror or "", aside=aside) from error
    if differing := _differences(target, manifest):
        raise backup_error("restore-differs", str(target), tables=differing, aside=aside)
    return Restored(manifest, put_aside)


def _differences(file: Path, manifest: Manifest) -> str:
    connection = look_into(file)
    try:
        return differences(contents(connection, database_name(connection)), manifest.tables)
    finally:
        connection.close()


def _keep_out(target: Path, held: ExitStack) -> None:
    """Keep other processes from opening the file until `held` ends. A damaged file nobody can open anyway."""
    if not target.exists():
        return
    try:
        held.callback(look_into(target).close)
    except WarehouseError as error:
        if error.problem.code != "warehouse-unreadable":
            raise


def _put_aside(copy: Path, target: Path, aside: str, manifest: Manifest) -> tuple[Path, ...]:
    wal = target.with_name(f"{target.name}.wal")
    moves = {wal: f"{aside}.duckdb.wal", target: f"{aside}.duckdb"}
    secret = secret_path(target)
    if manifest.secret and secret.exists() and secret.read_bytes() != secret_path(copy).read_bytes():
        moves[secret] = f"{aside}.secret"
    moved = []
    for path, name in moves.items():
        if path.exists():
            moved.append(path.rename(path.with_name(name)))
    return tuple(moved)
