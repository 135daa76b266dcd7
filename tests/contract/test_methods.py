"""The methods said on the pages are those of the package's README, for every kind of metric."""

from pathlib import Path
from typing import get_args

import pytest

from contract.methods import METHODS
from contract.metrics import KindName

README = Path(__file__).resolve().parents[2] / "contract" / "README.md"


def test_every_kind_has_its_method() -> None:
    assert set(METHODS) == set(get_args(KindName))


@pytest.mark.parametrize("kind", ["share", "nps", "mean"])
def test_the_source_is_the_one_in_the_readme_s_table(kind: KindName) -> None:
    row = next(line for line in README.read_text("utf-8").splitlines() if line.startswith(f"| {kind} |"))
    assert row.endswith(f"| {METHODS[kind].source} |")
    assert METHODS[kind].interval.words("en").split(",")[0] in row


@pytest.mark.parametrize("kind", get_args(KindName))
def test_a_method_is_said_in_chinese(kind: KindName) -> None:
    for said in (METHODS[kind].interval, METHODS[kind].decision):
        assert said.words("zh") != said.words("en")
