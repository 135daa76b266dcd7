"""Fixtures that every test shares: a warehouse of its own for each test, and the language it reads in."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import warehouse
from tests.long_files import longest_first
from tests.new_warehouses import connecting, new_file

# How long an example takes says how busy the machine is, not whether the product is right.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that take long begin first: begun last, one keeps a process busy alone."""
    items.sort(key=lambda item: longest_first(item.path.relative_to(config.rootpath).as_posix()))


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


@pytest.fixture(scope="session", autouse=True)
def _new_warehouses_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test that opens a warehouse gets a copy of one that this process opened before; tests of the first
    start and servers of their own take every step."""
    template = new_file(tmp_path_factory.mktemp("new"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warehouse.engine.connect", connecting(template))
        yield
