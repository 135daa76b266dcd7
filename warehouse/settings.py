"""Where the warehouse lies and which port the server takes, from the environment."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FILE_NAME = "pactboard.duckdb"


def warehouse_path() -> Path:
    """The absolute path of the warehouse file: PACTBOARD_WAREHOUSE names it (*.duckdb) or the folder it lies
    in."""
    named = os.environ.get("PACTBOARD_WAREHOUSE", "").strip()
    path = Path(named).expanduser() if named else PROJECT / "data"
    return (path if path.suffix == ".duckdb" else path / FILE_NAME).resolve()


def key_file() -> Path | None:
    """The file with the key of an encrypted warehouse, from PACTBOARD_KEY_FILE; None when it is not set."""
    named = os.environ.get("PACTBOARD_KEY_FILE", "").strip()
    return Path(named).expanduser().resolve() if named else None


def memory() -> str:
    """How much memory the engine keeps of the file, as PACTBOARD_MEMORY has it; empty when it is not set."""
    return os.environ.get("PACTBOARD_MEMORY", "").strip()


def port() -> int:
    """The port of the server, from PACTBOARD_PORT; 8501 when it is not set. A ValueError says what is wrong
    with it."""
    named = os.environ.get("PACTBOARD_PORT", "").strip() or "8501"
    if not named.isascii() or not named.isdigit() or not 1 <= int(named) <= 65535:
        raise ValueError(f"PACTBOARD_PORT is {named!r}; it takes a number from 1 to 65535")
    return int(named)
