"""Groups under 5 are not shown, nor what they could be worked out from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.suppression import is_small, suppress

NAMES = st.sampled_from(["potential", "new", "returning", "vip", "staff", "guest"])


def hidden(sizes: dict[str, int], **options: object) -> set[str]:
    return {group.name for group in suppress(sizes, **options) if group.suppressed}


def test_a_group_under_five_takes_the_next_smallest_with_it() -> None:
    assert hidden({"new": 4, "returning": 30, "vip": 9}) == {"new", "vip"}


def test_groups_of_five_and_more_are_shown() -> None:
    assert hidden({"new": 5, "returning": 30}) == set()


def test_an_empty_group_hides_nobody_and_is_shown() -> None:
    assert hidden({"new": 0, "returning": 30}) == set()


def test_two_small_groups_of_five_together_need_no_third() -> None:
    assert hidden({"new": 2, "vip": 3, "returning": 30}) == {"new", "vip"}


def test_two_small_groups_of_four_together_take_a_third() -> None:
    assert hidden({"new": 2, "vip": 2, "returning": 30, "potential": 6}) == {"new", "vip", "potential"}


def test_few_without_a_group_are_worked_out_from_the_total_so_one_group_is_suppressed() -> None:
    assert hidden({"new": 7, "returning": 30}, total=40) == {"new"}


def test_many_without_a_group_cover_for_a_small_one() -> None:
    assert hidden({"new": 3, "returning": 30}, total=50) == {"new"}


def test_a_group_hidden_for_another_view_takes_one_with_it_though_it_is_large() -> None:
    assert hidden({"new": 20, "returning": 30, "vip": 9}, also=["new"]) == {"new", "vip"}


def test_groups_larger_than_their_total_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="9 cannot come from a total of 8"):
        suppress({"new": 9}, total=8)


def test_a_suppressed_group_says_neither_its_size_nor_hides_its_name() -> None:
    (group,) = suppress({"new": 3})
    assert (group.name, group.n, group.suppressed) == ("new", None, True)


@given(st.dictionaries(NAMES, st.integers(0, 40), min_size=1), st.integers(0, 10))
def test_nothing_small_can_be_read_or_worked_out(sizes: dict[str, int], ungrouped: int) -> None:
    total = sum(sizes.values()) + ungrouped
    groups = suppress(sizes, total)
    shown = {group.name: group.n for group in groups if not group.suppressed}
    assert all(not is_small(n) for n in shown.values() if n is not None)
    assert all(shown[name] == sizes[name] for name in shown)
    left_over = total - sum(n for n in shown.values() if n is not None)
    nobody_left_to_add = not any(shown.values())
    assert nobody_left_to_add or not is_small(left_over)
    assert nobody_left_to_add or len(groups) - len(shown) != 1 or ungrouped > 0
