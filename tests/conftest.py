"""Fixtures that every test shares: a warehouse of its own for each test, and the language it reads in."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import warehouse

# How long an example takes says how busy the machine is, not whether the product is right.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """What was imported and collected stays for good: looking through it at each garbage collection took most
    of the time of tests that collect often (statsmodels' `multipletests` does at each call)."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def warehouse_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new folder for the warehouse file; what a test opened as the serving warehouse is closed after it."""
    folder = tmp_path / "data"
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(folder))
    yield folder
    warehouse.close_serving()
