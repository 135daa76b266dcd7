"""Intervals of shares and of their differences against the tables of Newcombe's two papers of 1998."""

import pytest

from contract.statistics import difference, share_difference, share_interval


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_differences_of_shares_agree_with_table_ii_of_newcombe(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    """Newcombe 1998, Statistics in Medicine 17:873-890, Table II, method 10."""
    found = share_difference(*counts)
    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)
    assert found.value == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])
    turned = share_difference(*counts[2:], *counts[:2])
    assert [turned.low, turned.high] == pytest.approx([-found.high, -found.low])


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0428, 0.3422),
        ((9, 10, 3, 10), 0.1013, 0.8387),
        ((6, 7, 2, 7), -0.0290, 0.8423),
    ],
)
def test_differences_with_continuity_correction_agree_with_table_ii_of_newcombe(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    """Newcombe 1998, Statistics in Medicine 17:873-890, Table II, method 11."""
    found = share_difference(*counts, method="Newcombe-CC")
    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)


def test_the_difference_of_two_wilson_estimates_is_newcombes() -> None:
    mover = difference(share_interval(56, 70), share_interval(48, 80))
    newcombe = share_difference(56, 70, 48, 80)
    assert [mover.value, mover.low, mover.high, mover.n] == pytest.approx(
        [newcombe.value, newcombe.low, newcombe.high, newcombe.n]
    )


def test_intervals_of_shares_agree_with_table_i_of_newcombe() -> None:
    """Newcombe 1998, Statistics in Medicine 17:857-872, Table I: Wald, score, exact, mid-p."""
    table = {
        (81, 263): [(0.2553, 0.3662), (0.2527, 0.3676), (0.2544, 0.3658), (0.2522, 0.3638)],
        (15, 148): [(0.0624, 0.1605), (0.0578, 0.1617), (0.0601, 0.1581), (0.0527, 0.1500)],
        (0, 20): [(0.0, 0.1611), (0.0, 0.1684), (0.0, 0.1391), (0.0, 0.0)],
        (1, 29): [(0.0061, 0.1718), (0.0009, 0.1776), (0.0017, 0.1585), (0.0, 0.1009)],
    }
    for (k, n), expected in table.items():
        for method, (low, high) in zip(("wilson", "exact", "mid-p", "wald"), expected, strict=True):
            share = share_interval(k, n, method=method)
            assert [share.low, share.high] == pytest.approx([low, high], abs=5e-5)
