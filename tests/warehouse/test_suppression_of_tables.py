"""Small groups of a table with totals are not shown, nor what its rows, columns and totals give away."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from warehouse.suppression_of_tables import Place, hidden_places

NAMES = st.sampled_from(["", "new", "returning", "vip"])


def worked_out(cells: Mapping[tuple[str, str], int], hidden: frozenset[Place]) -> set[Place]:
    """The hidden places that a reader finds by subtracting in rows, columns and totals, again and again."""
    rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
    lines = [[*(Place(row, each) for each in columns), Place(row, None)] for row in (*rows, None)]
    lines += [[*(Place(each, column) for each in rows), Place(None, column)] for column in (*columns, None)]
    unknown = set(hidden)
    before = -1
    while len(unknown) != before:
        before = len(unknown)
        for line in lines:
            open_places = [place for place in line if place in unknown]
            if len(open_places) == 1:
                unknown -= set(open_places)
    return set(hidden) - unknown


def test_where_all_groups_are_large_everything_is_shown() -> None:
    assert hidden_places({("new", "new"): 50, ("new", "vip"): 9, ("vip", "vip"): 20}) == frozenset()


def test_a_cell_hidden_in_its_row_cannot_be_told_from_its_column() -> None:
    cells = {
        ("new", "new"): 50,
        ("new", "returning"): 8,
        ("new", "vip"): 2,
        ("returning", "new"): 9,
        ("returning", "returning"): 40,
        ("returning", "vip"): 30,
        ("vip", "new"): 12,
        ("vip", "returning"): 11,
        ("vip", "vip"): 70,
    }
    hidden = hidden_places(cells)
    assert {Place("new", "vip"), Place("new", "returning")} <= hidden
    assert worked_out(cells, hidden) == set()
    assert Place("vip", "vip") not in hidden


def test_a_small_total_is_hidden_and_the_other_totals_do_not_tell_it() -> None:
    cells = {("vip", "vip"): 3, ("new", "new"): 30, ("returning", "returning"): 40}
    hidden = hidden_places(cells)
    assert Place("vip", None) in hidden and Place(None, "vip") in hidden
    assert worked_out(cells, hidden) == set()


def test_a_total_that_people_see_elsewhere_is_not_hidden() -> None:
    cells = {("", "new"): 2, ("", "vip"): 1, ("new", "new"): 30, ("vip", "vip"): 20}
    assert Place("", None) not in hidden_places(cells, {Place("", None)})


@given(st.dictionaries(st.tuples(NAMES, NAMES), st.integers(0, 12), max_size=16))
def test_no_small_group_is_left_to_be_worked_out_by_subtraction(cells: dict[tuple[str, str], int]) -> None:
    found = hidden_places(cells)
    given_away = worked_out(cells, found)
    everybody = sum(cells.values())
    # A table of one line, or of few people in all, has nothing to hide behind.
    if len({row for row, _ in cells}) > 1 and len({column for _, column in cells}) > 1 and everybody >= 5:
        assert not given_away
