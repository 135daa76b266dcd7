"""Fixtures that every test shares: a warehouse of its own for each test, and the language it reads in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import warehouse


@pytest.fixture(autouse=True)
def warehouse_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new folder for the warehouse file; what a test opened as the serving warehouse is closed after it."""
    folder = tmp_path / "data"
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(folder))
    yield folder
    warehouse.close_serving()
