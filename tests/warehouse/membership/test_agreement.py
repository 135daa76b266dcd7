"""Movement, classes, retention, cohorts and stays of random members are those of a slow plain reckoning."""

from pathlib import Path

import pytest

from tests.warehouse.membership.agreeing import compare


@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_on_members_agrees_with_the_plain_reckoning(tmp_path: Path, seed: int) -> None:
    compare(tmp_path, seed, 150)
