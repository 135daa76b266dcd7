"""The record types there are: one strict YAML file each in `types/`."""

import json
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from survey.strict_yaml import YamlRefused, read_strictly
from warehouse.access import Role
from warehouse.problems import WarehouseError
from warehouse.records.declaring import RecordType
from warehouse.records.problems import refused

FOLDER = Path(__file__).parent / "types"


def record_types() -> tuple[RecordType, ...]:
    """Every type of the folder, in the order of their files. Raises WarehouseError("record-type-file") naming
    file and place."""
    return _types(FOLDER)


def record_type(name: str) -> RecordType:
    """The type of that name. Raises WarehouseError("record-type-unknown") with the names there are."""
    for each in record_types():
        if each.name == name:
            return each
    raise refused("record-type-unknown", name=name, known=", ".join(each.name for each in record_types()))


def types_seen_by(role: Role) -> tuple[RecordType, ...]:
    """The types that a role may look at."""
    return tuple(each for each in record_types() if each.seen_by(role))


@cache
def _types(folder: Path) -> tuple[RecordType, ...]:
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> RecordType:
    try:
        document = read_strictly(path.read_text(encoding="utf-8"))
        # By way of JSON, since only there is a list an acceptable tuple to a strict model.
        read = RecordType.model_validate_json(json.dumps(document.content))
    except YamlRefused as error:
        raise _wrong(path, f"line {error.line}: {error.code}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        raise _wrong(path, f"{place}: {first['msg']}") from error
    # A number in front of the name orders the files.
    if path.stem.split("-", 1)[-1] != read.name:
        raise _wrong(path, f"name: {read.name!r} is not the name of the file")
    return read


def _wrong(path: Path, reason: str) -> WarehouseError:
    return refused("record-type-file", path.name, reason=reason)
