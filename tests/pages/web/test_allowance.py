"""An allowance is used up at once and comes back steadily."""

from pages.web.allowance import Allowance


def test_a_burst_is_taken_and_what_comes_beyond_is_refused_until_time_has_passed() -> None:
    now = [100.0]
    allowed = Allowance(rate=2, burst=3, clock=lambda: now[0])
    assert [allowed.take() for _ in range(5)] == [True, True, True, False, False]
    now[0] += 0.5
    assert [allowed.take() for _ in range(2)] == [True, False]
    now[0] += 3600
    assert [allowed.take() for _ in range(4)] == [True, True, True, False]
