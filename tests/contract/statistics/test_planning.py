"""Before and during a period: how many answers are needed, and where a running period will end."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.statistics import projection, sample_size_for_power, share_power, share_test


@settings(deadline=None, max_examples=40)
@given(
    st.integers(1, 120), st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.sampled_from(["greater", "less"])
)
def test_the_power_sums_what_the_test_rejects(n: int, truth: float, target: float, side: str) -> None:
    rejected = [k for k in range(n + 1) if share_test(k, n, target, side).p <= 0.05]
    expected = sum(comb(n, k) * truth**k * (1 - truth) ** (n - k) for k in rejected)
    assert share_power(n, truth, target, side) == pytest.approx(expected, abs=1e-9)


def test_the_fewest_answers_are_those_from_which_the_power_holds() -> None:
    size = sample_size_for_power(0.80, 0.85)
    powers = [share_power(n, 0.80, 0.85, "less") for n in range(size.n - 1, size.n + 100)]
    assert powers[0] < 0.8 <= min(powers[1:])
    assert sample_size_for_power(0.95, 0.85).n < size.n
    for wrong in ((0.85, 0.85), (0.8, 0.8001), (0.8, 1.2)):
        with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
            sample_size_for_power(*wrong)


def test_a_projection_of_a_share_is_the_beta_binomial() -> None:
    """Of 2 answers to come after 7 of 10, both have to be good for 9 of 12: by hand (7.5/11) (8.5/12)."""
    found = projection({0: 3, 1: 7}, 2, 0.75)
    assert found.probability == pytest.approx(7.5 / 11 * 8.5 / 12)
    assert found.value == pytest.approx((7 + 2 * 7.5 / 11) / 12)
    assert (found.n, found.remaining) == (10, 2)


@pytest.mark.parametrize(("counts", "expected"), [({0: 15, 100: 85}, 1.0), ({0: 16, 100: 84}, 0.0)])
def test_with_nothing_to_come_the_projection_is_the_figure(counts: dict[int, int], expected: float) -> None:
    found = projection(counts, 0, 85)
    assert (found.probability, found.low) == (expected, found.high)
    assert projection(counts, 0, 85, higher=False).probability == 1.0


@pytest.mark.parametrize(("points", "goal"), [((0, 1), 0.5), ((-100, 0, 100), 10.0), ((1, 2, 3, 4, 5), 3.2)])
def test_it_comes_as_often_as_projected(points: tuple[int, ...], goal: float) -> None:
    """Populations drawn as the projection's prior has them, 15 answers, and what the next 30 bring."""
    rng, foretold, came = np.random.default_rng(5), [], []
    for _ in range(150):
        people = rng.dirichlet(np.full(len(points), 1 / len(points)))
        first = rng.multinomial(15, people)
        counts = dict(zip(points, map(int, first), strict=True))
        foretold.append(projection(counts, 30, goal).probability)
        came.append((first + rng.multinomial(30, people)) @ np.array(points) / 45 >= goal)
    unsure = (np.array(foretold) > 0.02) & (np.array(foretold) < 0.98)
    spread = np.sqrt((np.array(foretold)[unsure] * (1 - np.array(foretold)[unsure])).sum())
    assert unsure.sum() > 30
    assert abs(np.array(came)[unsure].sum() - np.array(foretold)[unsure].sum()) < 2.6 * spread


def test_a_projection_is_the_same_every_time_and_its_range_holds_the_expected_figure() -> None:
    counts = {-100: 30, 0: 50, 100: 120}
    first, second = projection(counts, 100, 40), projection(counts, 100, 40)
    assert first == second
    assert first.low < first.value < first.high
    lower = projection(counts, 100, 40, higher=False)
    assert first.probability + lower.probability >= 1


def test_a_projection_needs_the_whole_scale() -> None:
    with pytest.raises(ValueError, match="every point of the scale"):
        projection({5: 10}, 3, 4)
    with pytest.raises(ValueError, match="count"):
        projection({1: 3, 5: 10}, -3, 4)
